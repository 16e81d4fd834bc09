"""The second factor: a code of six digits that changes every 30 seconds (TOTP, RFC 6238).

Called at sign-in and when an account is made. A code counts for its own step and one beside it,
because clocks differ; once used, it and all before it are refused (RFC 6238 §5.2).
"""

import hmac
from datetime import datetime

import pyotp

SECONDS_PER_STEP = 30
WINDOW = 1
"""Steps before and after the present one that are taken as well."""
STAND_IN_SECRET = "A" * 32
"""For names that nobody has, so that the same work is done."""


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, name: str, service_name: str) -> str:
    """What an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=service_name)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step that a code belongs to, within the window around now; None if to none.

    Every step of the window is compared in full, so that the time tells nothing. Whether the step
    was used before is for `AccountShelf.use_step` to say.
    """
    typed = "".join(code.split()).encode(errors="replace")
    present = int(now.timestamp()) // SECONDS_PER_STEP
    makes = pyotp.TOTP(secret)
    found: int | None = None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(makes.generate_otp(step).encode(), typed):
            found = step
    return found
