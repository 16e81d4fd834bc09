"""Who may do what at which address: the whole table, to be checked by eye.

A row is a verb and a pattern; what it holds for each kind of person is one of the columns below.
Whatever has no row is refused with 405 to everybody. `test_who_may_do_what` asks the application's
own router for its rows, so a new page without a row here fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Who(StrEnum):
    """Who stands at the door."""

    NOBODY = "nobody"
    """A browser that was never here."""
    REPORTER = "reporter"
    """A browser with a conversation under way."""
    LAPSED = "lapsed"
    """A handler whose login has lapsed; the cookie is still there."""
    READER = "reader"
    """A handler whom the case is sealed to."""
    TIED = "tied"
    """One whom it was sealed to, and who has declared a tie since."""
    STRANGER = "stranger"
    """A handler whom it was never sealed to."""
    OFFICER = "officer"
    """Of the organisation that the finding belongs to."""
    RIVAL = "rival"
    """An officer of another organisation."""
    PROGRAM = "program"
    """The company's own, with a token for everything and no browser."""


class Answer(StrEnum):
    """How the door answers."""

    OPEN = "open"
    """Let in: the page, or the form with what is missing in it."""
    SIGN_IN = "sign_in"
    """Led to the sign-in, or given back their words there."""
    FORBIDDEN = "forbidden"
    """403: not theirs."""
    NOT_THERE = "not_there"
    """404: they are not told whether it exists."""


Column = Mapping[Who, Answer]

_OUT = dict.fromkeys((Who.NOBODY, Who.REPORTER, Who.LAPSED, Who.PROGRAM), Answer.SIGN_IN)
_HANDLERS = (Who.READER, Who.TIED, Who.STRANGER)
_OFFICERS = (Who.OFFICER, Who.RIVAL)

EVERYBODY: Column = dict.fromkeys(Who, Answer.OPEN)
NOBODY_AT_ALL: Column = dict.fromkeys(Who, Answer.FORBIDDEN)
UNKNOWN: Column = dict.fromkeys(Who, Answer.NOT_THERE)
"""An address that names something that does not exist, to whoever asks."""
BROWSERS: Column = {**EVERYBODY, **dict.fromkeys((Who.NOBODY, Who.PROGRAM), Answer.FORBIDDEN)}
"""A public form: only from a browser that was given one."""
SIGNED_IN_ONCE: Column = dict.fromkeys(Who, Answer.SIGN_IN)
"""Signing out leads to the sign-in, as not being signed in does."""
DESK: Column = {
    **_OUT,
    **dict.fromkeys(_HANDLERS, Answer.OPEN),
    **dict.fromkeys(_OFFICERS, Answer.FORBIDDEN),
}
CASE: Column = {**DESK, Who.STRANGER: Answer.NOT_THERE, Who.TIED: Answer.FORBIDDEN}
WAY_OUT_OF_CASE: Column = {**CASE, Who.TIED: Answer.OPEN}
"""What somebody with a tie may still do: hand it on."""
COMPANY: Column = {
    **_OUT,
    **dict.fromkeys(_HANDLERS, Answer.FORBIDDEN),
    **dict.fromkeys(_OFFICERS, Answer.OPEN),
}
UNKNOWN_TO_COMPANIES: Column = {**COMPANY, **dict.fromkeys(_OFFICERS, Answer.NOT_THERE)}
"""A request that nobody made; `tests/web/company/test_requests.py` has one that somebody did."""
PROGRAMS: Column = {**dict.fromkeys(Who, Answer.SIGN_IN), Who.PROGRAM: Answer.OPEN}
"""Only with a token: a login is worth nothing there (401)."""
OWN_FINDING: Column = {**COMPANY, Who.RIVAL: Answer.NOT_THERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One row."""

    verb: str
    pattern: str
    column: Column
    sent: Mapping[str, str] = field(default_factory=dict)
    """What a form brings besides its token."""


def _page(pattern: str, column: Column) -> tuple[Door, ...]:
    return tuple(Door(verb=verb, pattern=pattern, column=column) for verb in ("GET", "HEAD"))


def _form(pattern: str, column: Column, **sent: str) -> tuple[Door, ...]:
    return (Door(verb="POST", pattern=pattern, column=column, sent=sent),)


_CASE = "/desk/cases/{ref}"
_FILE = f"{_CASE}/files/{{blob}}"
_FINDING = "/company/findings/{finding}"
_REQUEST = "/company/requests/{request}"
_QUESTION = "/company/score/questions/{question}"

# Forms that end something stand last: they are tried last.
DOORS: tuple[Door, ...] = (
    *_page("/", EVERYBODY),
    *_page("/about", EVERYBODY),
    *_page("/safety", EVERYBODY),
    *_page("/s/{site_code}", EVERYBODY),
    *_page("/r/{token}", UNKNOWN),
    *_page("/report", EVERYBODY),
    *_page("/move", EVERYBODY),
    *_page("/receipt", EVERYBODY),
    *_page("/receipt/kept", EVERYBODY),
    *_page("/static/{name}", EVERYBODY),
    *_page("/healthz", EVERYBODY),
    *_page("/sign-in", EVERYBODY),
    *_page("/desk", DESK),
    *_page("/desk/ties", DESK),
    *_page("/desk/unlock", DESK),
    *_page("/desk/unsent", DESK),
    *_page("/desk/holds", DESK),
    *_page(_CASE, CASE),
    *_page(_FILE, CASE),
    *_page(f"{_FILE}/original", CASE),
    *_page(f"{_CASE}/extract", CASE),
    *_page(f"{_CASE}/company", CASE),
    *_page("/company", COMPANY),
    *_page("/company/register", COMPANY),
    *_page("/company/register/numbers.csv", COMPANY),
    *_page("/company/register/numbers.xlsx", COMPANY),
    *_page("/company/register/summaries.csv", COMPANY),
    *_page("/company/heat-map", COMPANY),
    *_page("/company/findings", COMPANY),
    *_page(f"{_FINDING}/involvement", OWN_FINDING),
    *_page(_FINDING, OWN_FINDING),
    *_page("/company/requests", COMPANY),
    *_page(_REQUEST, UNKNOWN_TO_COMPANIES),
    *_page("/company/reports", COMPANY),
    *_page("/company/reports/{report}.pdf", COMPANY),
    *_page("/company/reports/{report}", COMPANY),
    *_page("/company/score", COMPANY),
    *_page("/company/score/print", COMPANY),
    *_page("/company/score/evidence.csv", COMPANY),
    *_page("/company/score/evidence.xlsx", COMPANY),
    *_page(_QUESTION, COMPANY),
    *_page("/api/v1/openapi.json", PROGRAMS),
    *_page("/api/v1/quarters", PROGRAMS),
    *_page("/api/v1/quarters/{quarter}", PROGRAMS),
    *_page("/api/v1/deadlines", PROGRAMS),
    *_page("/api/v1/summaries", PROGRAMS),
    *_page("/api/v1/score", PROGRAMS),
    *_page("/api/v1/heat-map", PROGRAMS),
    *_page("/api/v1/risks", PROGRAMS),
    *_page("/api/v1/requests", PROGRAMS),
    *_form("/telegram/{rest}", NOBODY_AT_ALL),
    *_form("/language", BROWSERS, language="nl"),
    *_form("/move", BROWSERS, code="1111"),
    *_form("/receipt", BROWSERS, receipt="1111"),
    *_form("/report", BROWSERS, do="report"),
    *_form("/desk/ties", DESK, tie="site", subject="none"),
    *_form("/desk/unlock", DESK),
    *_form("/desk/unsent", DESK, delivery="all"),
    *_form(f"{_CASE}/identity", CASE),
    *_form(f"{_FILE}/original", CASE),
    *_form(f"{_CASE}/letter", CASE, letter="Good day"),
    *_form(f"{_CASE}/summary", CASE, summary="Words", version="9"),
    *_form(f"{_CASE}/summary-step", CASE, step="offer", version="9"),
    *_form(f"{_CASE}/move", CASE, move=""),
    *_form(f"{_CASE}/drop", CASE),
    *_form(f"{_CASE}/paper", CASE, kind="note", paper=""),
    *_form(f"{_CASE}/extract", CASE, step="told"),
    *_form(f"{_CASE}/classify", CASE, theme=""),
    *_form(f"{_CASE}/measure", CASE, remedy=""),
    *_form(f"{_CASE}/measure-step", CASE, of="none", step="done"),
    *_form(f"{_CASE}/colleague", CASE, colleague=""),
    *_form(f"{_CASE}/relation", CASE, other="none"),
    *_form(f"{_FINDING}/choice", OWN_FINDING, do="choose"),
    *_form(f"{_FINDING}/involvement", OWN_FINDING),
    *_form(f"{_FINDING}/involvement/effort", OWN_FINDING),
    *_form(_QUESTION, COMPANY, part=""),
    *_form(f"{_QUESTION}/withdraw", COMPANY, part="1"),
    *_form(f"{_CASE}/company", CASE, kind=""),
    *_form(f"{_CASE}/company-end", CASE, of="none", state="settled"),
    *_form(_REQUEST, UNKNOWN_TO_COMPANIES, kind="done", words="It is done"),
    *_form(f"{_CASE}/tie", CASE, tie=""),
    *_form(f"{_CASE}/hold", CASE, hold=""),
    *_form(f"{_CASE}/hold-step", CASE, step="drop"),
    *_form(f"{_CASE}/hand-on", WAY_OUT_OF_CASE),
    *_form("/receipt/kept", BROWSERS),
    *_form("/sign-in", BROWSERS, name="Nobody", passphrase="nothing at all", code="000000"),
    *_form("/sign-out", SIGNED_IN_ONCE),
    *_form("/sign-out-everywhere", SIGNED_IN_ONCE),
    *_page("/leave", EVERYBODY),
)

# A risk's name may hold slashes (a region's own name), so its page answers these addresses too:
# for a risk of that name, which there is not.
_NO_SUCH_RISK = {**COMPANY, **dict.fromkeys(_OFFICERS, Answer.NOT_THERE)}
SHADOWED: tuple[Door, ...] = (
    *_page(f"{_FINDING}/choice", _NO_SUCH_RISK),
    *_page(f"{_FINDING}/involvement/effort", _NO_SUCH_RISK),
)

# The port of its own that watchers ask, on this machine alone; it knows nobody and has no page.
TECHNICAL: tuple[Door, ...] = (*_page("/metrics", EVERYBODY), *_page("/readyz", EVERYBODY))

VERBS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST")
