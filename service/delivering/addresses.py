"""Mail servers and addresses of e-mail, as the operator writes them."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

LONGEST_ADDRESS = 254
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = {"smtps": 465, "smtp": 587}
_NOT_IN_AN_ADDRESS = frozenset(' ,;:<>()[]"\\')


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where e-mail is handed in."""

    host: str
    port: int
    is_tls_at_once: bool
    name: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def asks_for_tls(self) -> bool:
        """Whether STARTTLS is insisted on."""
        return not self.is_tls_at_once and self.host not in _LOOPBACK


def read_server(url: str) -> MailServer:
    """The mail server of an address such as `smtps://name:password@mail.example:465`.

    Raises ValueError, which says what to write and quotes nothing.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ValueError("should be such as smtps://name:password@mail.example:465")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_tls_at_once=parts.scheme == "smtps",
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def is_mail_address(text: str) -> bool:
    """Whether it can be one address and nothing more."""
    local, _, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not _NOT_IN_AN_ADDRESS & set(text)
    return bool(
        plain and local and "@" not in local and domain.strip(".") and len(text) <= LONGEST_ADDRESS
    )
