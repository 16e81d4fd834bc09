"""What participants and reporters let a company see, and nothing of the others."""

from dataclasses import replace
from datetime import date
from functools import partial

from consultations.influence import Influence
from consultations.invitation import Invitation, InvitationStatus
from consultations.ratings import StakeholderRating
from consultations.round import Round, RoundStatus
from monitoring.overview.changes import refresh_findings
from monitoring.overview.company import company_view
from monitoring.overview.company_values import CompanyView
from monitoring.signals import at_site
from register.case import Actor
from register.consent import PartAnswer, said_to_all
from register.particulars import AnonymityLevel, Theme
from register.people import Role
from register.quarters import Quarter
from register.summary import Summary, SummaryAction, SummaryChanged, change, decide, draft
from storage.transaction import SqlTransaction
from tests.monitoring.overview.village import IMPORTER, QUARRY, Village

OPENED, CLOSED, TODAY = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
ROUND = Round(
    id="round",
    organisation_id=IMPORTER.id,
    site_ids=(QUARRY.id,),
    influence=Influence.INVOLVE,
    status=RoundStatus.OPEN,
    opens=OPENED,
    closes=CLOSED,
    feedback_by=date(2026, 3, 20),
)
OPEN_ONE = "speaker"


def take_part(village: Village, *participants: str) -> None:
    def work(tx: SqlTransaction) -> None:
        for each in participants:
            is_open = each == OPEN_ONE
            anonymity = AnonymityLevel.OPEN if is_open else AnonymityLevel.ANONYMOUS
            invitation = Invitation(
                id=f"i{each}",
                round_id=ROUND.id,
                participant=each,
                token_digest=each,
                made=OPENED,
                lapses=CLOSED,
                language="en",
                label=f"Name of {each}",
                anonymity=anonymity,
                status=InvitationStatus.ACCEPTED,
            )
            rating = StakeholderRating(
                round_id=ROUND.id,
                participant=each,
                site_id=QUARRY.id,
                theme=Theme.LAND_RIGHTS,
                day=OPENED,
                gravity=1 if is_open else 4,
                scope=3,
                irremediability=5,
                likelihood=4,
                anonymity=anonymity,
            )
            tx.invitations.put(invitation)
            tx.ratings.replace(ROUND.id, each, QUARRY.id, (rating,))
        refresh_findings(tx, (at_site(QUARRY.id),), OPENED)

    village.do(work)


def put(village: Village, round_: Round) -> None:
    village.do(lambda tx: tx.rounds.put(round_))


def seen(village: Village, today: date = TODAY) -> CompanyView:
    view = village.do(lambda tx: company_view(tx, IMPORTER.id, today))
    assert view is not None
    return view


def test_ratings_are_seen_when_the_round_is_over_and_stay_as_they_were(village: Village) -> None:
    put(village, ROUND)
    take_part(village, *(f"p{number}" for number in range(5)), OPEN_ONE)
    village.pass_to(CLOSED)
    assert seen(village, CLOSED).findings == ()

    put(village, replace(ROUND, status=RoundStatus.CLOSED))
    village.pass_to(TODAY)
    before = seen(village)
    (finding,) = before.findings
    assert [each.participants for each in finding.ratings] == [5]
    assert finding.cell.weight.gravity == 4

    village.do(lambda tx: tx.ratings.remove(ROUND.id, "p0"))
    village.pass_to(TODAY)
    assert seen(village) == before


def test_who_is_open_stands_by_name_and_nobody_else(village: Village) -> None:
    put(village, replace(ROUND, status=RoundStatus.CLOSED))
    take_part(village, "p0", "p1", OPEN_ONE)
    village.pass_to(TODAY)
    (round_,) = seen(village).rounds
    assert [voice.name for voice in round_.open_voices] == [f"Name of {OPEN_ONE}"]
    assert round_.figures == ()
    assert round_.is_feedback_due


def test_a_draft_is_not_shown(village: Village) -> None:
    put(village, replace(ROUND, status=RoundStatus.DRAFT))
    assert seen(village).rounds == ()


def test_only_a_shared_summary_is_read_and_it_names_no_case(village: Village) -> None:
    ref = village.file("mina", QUARRY, OPENED, theme="living_wage")

    def work(tx: SqlTransaction) -> Summary:
        case = tx.cases.get(ref)
        assert case is not None
        handler = Actor(role=Role.HANDLER, id=case.handler_ids[0])
        summary = draft(
            case,
            "Wages are paid late.",
            handler,
            OPENED,
            summary_id="summary",
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(ref),
        )
        assert isinstance(summary, Summary)
        words = "Wages are paid late."
        said = said_to_all(words, PartAnswer.YES, version=1)
        keys, reporter = tx.people.keys(), tx.cases.reporter(ref)
        for step in (
            partial(change, action=SummaryAction.OFFER, actor=handler, today=OPENED),
            partial(decide, said=said, today=OPENED, keys=keys, reporter=reporter),
            partial(change, action=SummaryAction.SHARE, actor=handler, today=OPENED, words=words),
        ):
            tx.summaries.put(summary)
            view = company_view(tx, IMPORTER.id, TODAY)
            assert view is not None
            assert view.summaries == ()
            changed = step(summary, case)
            assert isinstance(changed, SummaryChanged)
            summary, case = changed.summary, changed.case
            tx.cases.keep(case, changed.entry)
        tx.summaries.put(summary)
        return summary

    village.do(work)
    (shared,) = seen(village).summaries
    assert (shared.words, shared.shared_in) == ("Wages are paid late.", Quarter.of(OPENED))
    assert ref not in repr(seen(village))
    assert "Wages" not in repr(shared)
