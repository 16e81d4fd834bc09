"""Cases and people for the tests of the register."""

from dataclasses import replace
from datetime import date

from register import log
from register.case import Actor, Case, CaseStatus
from register.clocks import timed
from register.particulars import Particulars
from register.people import Handler, Role, Staff, Team, TeamKind
from register.routing import Urgency

TODAY = date(2026, 11, 24)
HANDLER = Actor(role=Role.HANDLER, id="asha")
APPEAL_HANDLER = Actor(role=Role.APPEAL_HANDLER, id="zoe")
REPORTER = Actor(role=Role.REPORTER)
OFFICER = Actor(role=Role.OFFICER, id="company")

TEAMS = (
    Team(id="regular", name="Regular", kind=TeamKind.REGULAR),
    Team(id="urgent", name="Urgent", kind=TeamKind.URGENT),
    Team(id="appeal", name="Appeal", kind=TeamKind.APPEAL),
    Team(id="oversight", name="Oversight", kind=TeamKind.OVERSIGHT),
)


def handler(handler_id: str, team_id: str = "regular", **more: object) -> Handler:
    """A handler whose name is telling enough to be found in an account."""
    made = Handler(id=handler_id, name=f"{handler_id.title()} Example", team_id=team_id)
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


STAFF = Staff(
    teams=TEAMS,
    handlers=(
        handler("asha"),
        handler("ben"),
        handler("carl", "urgent"),
        handler("dina", "urgent"),
        handler("zoe", "appeal"),
        handler("olga", "oversight"),
    ),
    recovery_id="recovery",
)


def case(status: CaseStatus = CaseStatus.RECEIVED, **more: object) -> Case:
    """A case of Asha and Zoe, filed today."""
    made = Case(
        ref="case1",
        status=status,
        particulars=Particulars(site_id="s1"),
        language="en",
        urgency=Urgency.NORMAL,
        handler_ids=("asha", "zoe"),
        filed_on=TODAY,
        moved_on=TODAY,
        log=log.start("case1"),
    )
    return timed(replace(made, **more))  # type: ignore[arg-type]  # a test says which field
