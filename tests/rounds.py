"""A consultation round for tests: open, about the quarry, with one invitation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from consultations.influence import Influence
from consultations.invitation import Invitation, make
from consultations.round import NextStep, Round
from consultations.steps import open_round
from consultations.wording import Wording
from locales.languages import LANGUAGES
from sealing.identifiers import new_id, new_token
from tests.house import IMPORTER, QUARRY, House


def said(words: str) -> Wording:
    """The same words in every language: an organiser's texts are not ours to translate."""
    return Wording({language.code: words for language in LANGUAGES})


async def invite(house: House, *, language: str = "en") -> str:
    """Open a round if there is none, and give the token of a new invitation to it."""
    token, today = new_token(), house.clock.today

    def work(tx: Any) -> None:
        rounds = tx.rounds.of_organisation(IMPORTER.id)
        round_ = rounds[0] if rounds else _opened(house)
        tx.rounds.put(round_)
        invitation = make(
            round_,
            id=new_id(),
            participant=new_id(),
            token=token,
            today=today,
            lapses=today + timedelta(days=30),
            language=language,
            label="Sample Stone Workers' Union",
        )
        assert isinstance(invitation, Invitation), invitation
        tx.invitations.put(invitation)

    await house.database.transaction(work)
    return token


def _opened(house: House) -> Round:
    today = house.clock.today
    draft = Round(
        id=new_id(),
        organisation_id=IMPORTER.id,
        site_ids=(QUARRY.id,),
        flow="risk_rating",
        languages=tuple(language.code for language in LANGUAGES),
        organiser="Sample Foundation for Fair Stone",
        purpose=said("To choose which harms at the quarry are dealt with first."),
        influence=Influence.INVOLVE,
        outcome_use=said("For the order of next year's measures."),
        decisions=said("The board decides in October and writes down why."),
        expected=said("Half an hour of your time."),
        next_steps=(
            NextStep(
                words=said("A talk at the site."), owner="Site lead", by=today + timedelta(days=60)
            ),
        ),
        opens=today,
        closes=today + timedelta(days=30),
        feedback_by=today + timedelta(days=60),
        feedback_how=said("In writing, on the page of your invitation."),
    )
    announced = open_round(replace(draft, opens=today + timedelta(days=10)), today)
    assert isinstance(announced, Round), announced
    return replace(announced, opens=today)
