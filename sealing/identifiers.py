"""Random identifiers and tokens. Used by every package that gives a thing a name.

Identifiers carry no counter, no time and no order, so a row says nothing about when it came
or how many came before it.
"""

import base64
import hashlib
import secrets

ID_BYTES = 16
ID_LETTERS = 26
TOKEN_BYTES = 24


def as_letters(data: bytes) -> str:
    """Gives bytes as lower-case base32 (RFC 4648) without padding; 16 bytes make 26 letters."""
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


def new_id() -> str:
    """Gives a new identifier: 128 random bits as 26 letters."""
    return as_letters(secrets.token_bytes(ID_BYTES))


def new_token() -> str:
    """Gives a new bearer token: 192 random bits, 32 characters that are safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_token(token: str) -> str:
    """Gives what is stored in a token's place: its SHA-256 as 64 hexadecimal digits.

    A token is random and long, so a plain digest is enough; a pass phrase needs
    `sealing.passphrases` instead.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
