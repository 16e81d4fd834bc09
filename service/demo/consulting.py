"""The consultation rounds, from their opening to the word afterwards. Called by `making`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from consultations.feedback import Feedback
from consultations.round import NextStep, Round
from consultations.steps import RoundRefused, Stepped, close, feed_back, open_round
from consultations.wording import Wording
from intake.rounds import Joined, accept
from intake.submitting import file_ratings
from service.demo.card import ShownInvitation
from service.demo.naming import sample_id
from service.demo.script import Answered, Answers, Invited, RoundRow, Says, ScriptError
from service.demo.stage import Stage
from service.inviting import invite
from storage.transaction import SqlTransaction

_FLOW = "risk_rating"
_PARTS = ("gravity", "scope", "irremediability", "likelihood")
_NOON = time(12, 0, tzinfo=UTC)
_KNOWS: Mapping[str, str | tuple[str, ...]] = {"knowledge": ("heard",)}


async def consult_all(stage: Stage) -> tuple[ShownInvitation, ...]:
    """Hold all rounds; gives the personal links for the card."""
    shown: list[ShownInvitation] = []
    for row in stage.script.rounds:
        shown += await stage.house.database.transaction(partial(_consult, stage=stage, row=row))
    return tuple(shown)


def _consult(tx: SqlTransaction, stage: Stage, row: RoundRow) -> list[ShownInvitation]:
    opens = _day(stage, row.opens)
    round_ = _stepped(row, open_round(_draft(stage, row), opens))
    tx.rounds.put(round_)
    shown = [
        invitation
        for invited in row.invited
        for invitation in _invite(tx, stage, round_, invited, opens)
    ]
    if row.answered is not None:
        closed = _stepped(row, close(round_, _day(stage, row.closes + 1)))
        tx.rounds.put(_stepped(row, feed_back(closed, _feedback(stage, row.answered))))
    return shown


def _draft(stage: Stage, row: RoundRow) -> Round:
    return Round(
        id=sample_id("round", row.key),
        organisation_id=stage.furnished.companies[row.company].id,
        site_ids=tuple(stage.furnished.sites[code].id for code in row.sites),
        topics=row.topics,
        flow=_FLOW,
        languages=row.languages,
        organiser=row.organiser,
        purpose=Wording(row.purpose),
        influence=row.influence,
        outcome_use=Wording(row.outcome_use),
        decisions=Wording(row.decisions),
        expected=Wording(row.expected),
        next_steps=tuple(
            NextStep(words=Wording(step.words), owner=step.owner, by=_day(stage, step.by))
            for step in row.next_steps
        ),
        opens=_day(stage, row.opens),
        closes=_day(stage, row.closes),
        feedback_by=_day(stage, row.feedback_by),
        feedback_how=Wording(row.feedback_how),
    )


def _invite(
    tx: SqlTransaction, stage: Stage, round_: Round, invited: Invited, opens: date
) -> list[ShownInvitation]:
    made = invite(
        tx,
        round_,
        language=invited.language,
        label=invited.label,
        represents=invited.represents,
        until=None,
        today=opens,
    )
    invitation = replace(made.invitation, anonymity=invited.anonymity)
    tx.invitations.put(invitation)
    if invited.says is not None:
        joined = Joined(invitation=invitation, round=round_)
        accept(tx, joined)
        now = datetime.combine(opens + timedelta(days=invited.days_after), _NOON)
        submission = stage.told(
            _FLOW,
            _answers(invited, invited.says),
            language=invited.language,
            now=now,
            usual=_KNOWS,
        )
        file_ratings(tx, joined, submission, now=now)
    if not invited.shown or round_.closes is None:
        return []
    return [ShownInvitation(what=invited.label, token=made.token, until=round_.closes)]


def _answers(invited: Invited, says: Says) -> Answers:
    grades = {
        f"{part}_{theme}": str(grade)
        for theme in says.themes
        for part, grade in zip(_PARTS, says.grades[theme], strict=True)
    }
    comments = {f"comment_{theme}": words for theme, words in says.comments.items()}
    return {"anonymity": invited.anonymity, "themes": says.themes, **grades, **comments}


def _feedback(stage: Stage, answered: Answered) -> Feedback:
    return Feedback(
        day=_day(stage, answered.day),
        outcome=answered.outcome,
        words=Wording(answered.words),
        reason=Wording(answered.reason),
        says_how_used=answered.says_how_used,
    )


def _stepped(row: RoundRow, stepped: Stepped) -> Round:
    if isinstance(stepped, RoundRefused):
        raise ScriptError(f"round {row.key}: {', '.join(stepped.reasons)}")
    return stepped


def _day(stage: Stage, days: int) -> date:
    return stage.today + timedelta(days=days)
