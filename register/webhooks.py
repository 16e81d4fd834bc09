"""Webhooks: addresses that the operator added, and how a post to one shows that it is ours.

A post is JSON of three things, `{"id", "kind", "day"}`, and nothing more. Its headers hold when it
was sent and an HMAC-SHA256 over that and the body, with a secret that only the receiver and we
have. A receiver works it out anew, compares in equal time, refuses what is older than some minutes,
and takes an `id` once. Sent by `service.delivering`.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from register.deliveries import Delivery, Notice

TIMESTAMP = "Gehoor-Timestamp"
"""Seconds since 1970."""
SIGNATURE = "Gehoor-Signature"
"""`v1=` and 64 hexadecimal digits."""
_SECRET_BYTES = 32
_LONGEST_ADDRESS = 500
_FOR_COMPANIES = frozenset({Notice.FIGURES, Notice.SUMMARY, Notice.ASKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One target."""

    id: str
    organisation_id: str | None
    """Whose system it is; None: the house's own."""
    address: str = field(repr=False)
    """May itself be a secret, as the addresses of chat rooms are."""
    secret: str = field(repr=False)
    added_on: date

    @property
    def host(self) -> str:
        """Where it leads, without what may be secret."""
        return urlsplit(self.address).hostname or ""

    def wants(self, notice: Notice, organisation_ids: tuple[str, ...]) -> bool:
        """Whether it hears of this. A company: only of what its own officers can see."""
        if self.organisation_id is None:
            return notice not in _FOR_COMPANIES
        return notice in _FOR_COMPANIES and self.organisation_id in organisation_ids


class WebhookShelf(Protocol):
    """Targets, sealed with their secrets."""

    def get(self, webhook_id: str) -> Webhook | None:
        """The one with this id."""


def new_secret() -> str:
    """256 random bits that are safe in a settings file."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def fault_of(address: str, *, allows_loopback: bool) -> str:
    """Why this address cannot be a target, in words for the operator; empty if it can."""
    if len(address) > _LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return f"write it in at most {_LONGEST_ADDRESS} plain letters and signs"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return "it is no address"
    schemes = {"https", "http"} if allows_loopback else {"https"}
    if parts.scheme not in schemes or not parts.hostname or " " in address:
        return "it should begin with https:// and a name"
    if "@" in parts.netloc or parts.fragment:
        return "leave out names, pass words and what follows #"
    return ""


def body_of(delivery: Delivery) -> bytes:
    """What is posted."""
    said = {"id": delivery.id, "kind": delivery.notice, "day": delivery.made_on.isoformat()}
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`."""
    said = timestamp.encode("ascii") + b"." + body
    return "v1=" + hmac.new(secret.encode("ascii"), said, hashlib.sha256).hexdigest()


def headers_of(webhook: Webhook, body: bytes, now: datetime) -> Mapping[str, str]:
    """What goes with a post."""
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        TIMESTAMP: timestamp,
        SIGNATURE: signature_of(webhook.secret, timestamp, body),
    }
