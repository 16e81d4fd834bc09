"""A post says three things, shows that it is ours, and a company hears of no case."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime

import pytest

from register.deliveries import Delivery, Notice
from register.webhooks import (
    SIGNATURE,
    TIMESTAMP,
    Webhook,
    body_of,
    fault_of,
    headers_of,
    new_secret,
    signature_of,
)

DAY = date(2026, 11, 24)
HOOK = Webhook(
    id="hook",
    organisation_id=None,
    address="https://house.example/secret-path",
    secret="known-to-two",
    added_on=DAY,
)
POST = Delivery(id="d" * 26, line="hook", notice=Notice.WORK, made_on=DAY, changed_on=DAY)


def test_a_post_holds_an_id_a_kind_and_a_day() -> None:
    assert body_of(POST) == b'{"id":"%s","kind":"work","day":"2026-11-24"}' % (b"d" * 26)
    assert set(json.loads(body_of(POST))) == {"id", "kind", "day"}


def test_the_receiver_can_check_the_signature_with_what_the_guide_says() -> None:
    body = body_of(POST)
    headers = headers_of(HOOK, body, datetime(2026, 11, 24, tzinfo=UTC))
    signed = headers[TIMESTAMP].encode() + b"." + body
    wanted = hmac.new(HOOK.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers[SIGNATURE] == f"v1={wanted}"
    assert signature_of(HOOK.secret, "1", body) != signature_of(HOOK.secret, "2", body)
    assert signature_of(new_secret(), "1", body) != signature_of(new_secret(), "1", body)


def test_a_known_signature_stays_what_it_is() -> None:
    """RFC 4231 has no example with a point in it; this one was worked out with OpenSSL."""
    made = signature_of("key", "1700000000", b'{"id":"a"}')
    assert made == "v1=fad30145c01573f08f1afb0c980e06ad3ec016de1aec117fea804b6e6b4eed38"


def test_a_company_hears_of_what_its_officers_can_see_and_of_no_case() -> None:
    company = Webhook(
        id="c", organisation_id="ours", address=HOOK.address, secret=HOOK.secret, added_on=DAY
    )
    heard = {notice for notice in Notice if company.wants(notice, ("ours",))}
    assert heard == {Notice.FIGURES, Notice.SUMMARY, Notice.ASKED}
    assert not any(company.wants(notice, ("other",)) for notice in Notice)
    assert {notice for notice in Notice if HOOK.wants(notice, ("ours",))} == {
        Notice.WORK,
        Notice.WORK_TODAY,
        Notice.OPERATOR,
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://house.example/",
        "ftp://house.example/",
        "https://",
        "https:///path",
        "https://name:word@house.example/",
        "https://house.example/#part",
        "https://house.example:port/",
        "https://[broken/",
        "https://wörk.example/",
        "https://house.example/a b",
        "https://house.example/\n",
        "https://house.example/" + "a" * 600,
        "",
    ],
)
def test_such_an_address_is_no_target(address: str) -> None:
    assert fault_of(address, allows_loopback=False)


def test_http_is_for_trials_alone() -> None:
    assert not fault_of("https://house.example:8443/in?room=7", allows_loopback=False)
    assert not fault_of("http://127.0.0.1:8000/in", allows_loopback=True)


def test_neither_secret_is_printed() -> None:
    assert "secret-path" not in repr(HOOK)
    assert HOOK.secret not in repr(HOOK)
    assert HOOK.host == "house.example"
