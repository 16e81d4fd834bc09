"""The card as it is printed when the sample is served. Called by `command`."""

from collections.abc import Iterator
from datetime import datetime

import pyotp

from service.demo.card import Card

_HEAD = "SAMPLE DATA. Every person, company and site below is invented."


def card_lines(
    card: Card, address: str, now: datetime, call: str = "GEHOOR_HOME=.demo gehoor"
) -> Iterator[str]:
    """Who to be and where to go. `call` is how this program is called in the sample's home."""
    yield from ("", _HEAD)
    if card.made_on != now.date():
        yield f"It was made on {card.made_on}. One of today, in its place: gehoor demo --fresh"
    yield ""
    yield from _section("For people who report", _public(card, address))
    yield from _section("For a consulted organisation (personal link)", _rounds(card, address))
    yield from _section("Receipts that open a case, under “I have a receipt”", _receipts(card))
    yield f"For handlers and officers: {address}/sign-in"
    for login in card.logins:
        yield f"  {login.name:8} {login.passphrase}   {login.what}"
    yield ""
    yield "For operators, from a second terminal in this folder:"
    yield f"  {call} routing try --theme health_safety --site RJ1 --language hi"
    yield f"  {call} referrals list"
    yield f"  {call} awareness kit RJ1 --to kit    posters and more (Pango)"
    yield ""
    yield "The second factor is asked as well: a code of six digits, good for a minute, once."
    yield from code_lines(card, now)
    yield f"  New codes at any time, from a second terminal: {call} demo --codes"


def code_lines(card: Card, now: datetime) -> Iterator[str]:
    """The code of each person at this moment, and the secret for an authenticator app."""
    for login in card.logins:
        code = pyotp.TOTP(login.totp_secret).at(now)
        yield f"  {login.name:8} {code[:3]} {code[3:]}   secret {login.totp_secret}"


def _public(card: Card, address: str) -> Iterator[str]:
    yield f"{address}/"
    for site in card.sites:
        yield f"{address}/s/{site.code}   poster at {site.name}"


def _rounds(card: Card, address: str) -> Iterator[str]:
    for each in card.invitations:
        yield f"{address}/r/{each.token}   {each.what}, until {each.until.isoformat()}"


def _receipts(card: Card) -> Iterator[str]:
    for each in card.receipts:
        yield f"{each.receipt}   {each.what}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"{title}:"
    for line in lines:
        yield f"  {line}"
    yield ""
