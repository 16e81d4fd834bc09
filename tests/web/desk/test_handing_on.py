"""Getting out of a case: whoever has a tie, or handled what is appealed, can no longer open it."""

import asyncio
from dataclasses import replace

import pytest

from flows.submission import AccountEntry
from flows.values import Text
from register.case import Actor
from register.desk import refused_opening
from register.handover import HandedOver
from register.log import LogAction, verify
from register.people import Handler, Role
from register.sealed_parts import ACCOUNT, IDENTITY
from register.transitions import Action, Moved, MoveReason, move
from sealing.failures import NotAddressed
from sealing.identifiers import new_id
from sealing.identities import Identity, new_identity
from sealing.opening import can_open, open_part
from sealing.receipts import derive
from tests.house import ASHA, BEN, QUARRY, URSULA
from tests.web.inside_house import APPEALS, TOLD, Filed, Inside
from web.desk.handing_on import hand_on
from web.desk.house import DESK
from web.desk.resealing import sealed_anew, sealed_case

NAME = AccountEntry(path="contact_name", label=Text(msgid="What is your name?"), value="Meena D.")
ASHA_ACTS = Actor(role=Role.HANDLER, id=ASHA.id)


async def opens(inside: Inside, filed: Filed, identity: Identity, part: str = ACCOUNT) -> bool:
    envelope = await inside.house.database.read(lambda tx: tx.cases.envelope(filed.case.ref))
    try:
        open_part(envelope, part, identity)
    except NotAddressed:
        return False
    return True


async def test_whoever_says_that_they_have_a_tie_can_open_nothing_of_it_any_more(
    inside: Inside,
) -> None:
    filed = await inside.filed(NAME)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and send", letter="We look into it.")
    await asha.presses("Keep as a draft", summary="A summary")
    page = await asha.presses("Take me out of this case", tie="case")
    assert "The case is with others now." in page.text
    assert (await asha.goes(filed.address)).status == 404
    hers, bens = inside.house.identities[ASHA.id], inside.house.identities[BEN.id]
    for part in (ACCOUNT, IDENTITY):
        assert not await opens(inside, filed, hers, part)
        assert await opens(inside, filed, bens, part)
    (letter,) = await inside.house.database.read(lambda tx: tx.letters.of_case(filed.case.ref))
    with pytest.raises(NotAddressed):
        open_part(letter.envelope, letter.part, hers)
    ben = await inside.signs_in(BEN.id)
    page = await ben.goes(filed.address)
    for words in (TOLD, "We look into it.", "A summary"):
        assert words in page.text


async def test_the_reporter_and_the_recovery_key_keep_what_was_theirs(inside: Inside) -> None:
    filed = await inside.filed(NAME)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Take me out of this case", tie="case")
    envelope = await inside.house.database.read(lambda tx: tx.cases.envelope(filed.case.ref))
    assert await opens(inside, filed, inside.house.recovery)
    assert derive(filed.receipt.receipt, inside.terms).read(envelope, ACCOUNT)
    reporter = filed.receipt.recipient.id
    assert reporter not in envelope.part(IDENTITY).recipient_ids


async def test_a_tie_to_the_site_keeps_later_cases_away_as_well(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Take me out of this case", tie="site")
    later = await inside.filed()
    assert ASHA.id not in later.case.handler_ids
    page = await asha.goes("/desk/ties")
    assert QUARRY.name in page.text


async def test_a_tie_of_nothing_changes_nothing(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Take me out of this case", tie="")
    assert page.status == 422
    assert ASHA.id in (await inside.case(filed.case.ref)).handler_ids


async def test_where_nobody_else_is_left_the_tie_holds_and_the_operator_is_told(
    inside: Inside,
) -> None:
    filed = await inside.filed()

    def work(tx: object) -> None:
        for handler in (BEN, URSULA):
            tx.people.put_handler(replace(handler, is_active=False), None)

    await inside.house.database.transaction(work)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Take me out of this case", tie="case")
    assert "the operator is told" in page.text
    case = await inside.case(filed.case.ref)
    handler = await inside.house.database.read(lambda tx: tx.people.handler(ASHA.id))
    assert handler is not None
    assert refused_opening(case, handler, inside.house.clock.today) is not None
    assert (await asha.goes(filed.address)).status == 403


async def appealed(inside: Inside) -> tuple[Filed, Handler, Identity]:
    """A case with a name and a handler's note, appealed; and who hears appeals."""
    zoe = Handler(id=new_id(), name="Zoe Sample", team_id=APPEALS.id)
    hers = new_identity()
    await inside.house.database.transaction(lambda tx: tx.people.put_handler(zoe, hers.recipient))
    filed = await inside.filed(NAME)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and keep", paper="A note", kind="note")
    steps = (
        (Action.ACKNOWLEDGE, None, ASHA_ACTS),
        (Action.ASSESS, None, ASHA_ACTS),
        (Action.FIND_NOT_ADMISSIBLE, MoveReason.OUT_OF_SCOPE, ASHA_ACTS),
        (Action.APPEAL, MoveReason.DISAGREES, Actor(role=Role.REPORTER)),
    )

    def work(tx: object) -> None:
        for action, reason, actor in steps:
            case = tx.cases.get(filed.case.ref)
            moved = move(case, action, actor, inside.house.clock.today, reason)
            assert isinstance(moved, Moved)
            tx.cases.keep(moved.case, moved.entry)

    await inside.house.database.transaction(work)
    return filed, zoe, hers


async def test_an_appeal_goes_to_people_who_did_not_handle_it(inside: Inside) -> None:
    filed, _, hers = await appealed(inside)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert "others hear the appeal" in page.text
    assert TOLD not in page.text
    page = await asha.presses("Hand the case on")
    assert "The case is with others now." in page.text
    assert await opens(inside, filed, hers)
    assert not await opens(inside, filed, inside.house.identities[ASHA.id])
    # Who appeals, and the word of those who are appealed against, do not come along.
    assert not await opens(inside, filed, hers, IDENTITY)
    (paper,) = await inside.house.database.read(lambda tx: tx.papers.of_case(filed.case.ref))
    assert not can_open(paper.envelope, paper.part, hers)


async def test_the_recovery_key_gives_those_who_hear_an_appeal_no_more(inside: Inside) -> None:
    filed, zoe, hers = await appealed(inside)
    ref, house = filed.case.ref, inside.house
    case = replace(await inside.case(ref), handler_ids=(zoe.id,))
    sealed, keys = await house.database.read(lambda tx: (sealed_case(tx, ref), tx.people.keys()))
    assert can_open(sealed.envelope, IDENTITY, house.recovery)
    anew = sealed_anew(sealed, case, keys, house.recovery)
    assert can_open(anew.envelope, ACCOUNT, hers)
    assert not can_open(anew.envelope, ACCOUNT, house.identities[ASHA.id])
    assert not can_open(anew.envelope, IDENTITY, hers)
    assert anew.papers == ()


@pytest.mark.parametrize("how", ["also", "instead"])
async def test_a_colleague_who_began_later_and_whom_the_words_name_is_not_let_in(
    inside: Inside, how: str
) -> None:
    filed = await inside.filed(told="Vikram Quarrymaster locks the fire door.")
    vikram, hers = await begins_later(inside, "Vikram Quarrymaster")
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    page = await asha.presses("Seal it anew", colleague=vikram.id, how=how)
    assert page.status == 422
    assert "They cannot read this case" in page.text
    assert not await opens(inside, filed, hers)


async def test_a_case_that_is_handed_on_passes_by_whom_its_words_name(inside: Inside) -> None:
    filed = await inside.filed(told="Vikram Quarrymaster locks the fire door.")
    vikram, his = await begins_later(inside, "Vikram Quarrymaster")
    zita, hers = await begins_later(inside, "Zita Sample")
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Take me out of this case", tie="case")
    assert await opens(inside, filed, hers)
    assert not await opens(inside, filed, his)
    case = await inside.case(filed.case.ref)
    assert vikram.id in case.kept_out_ids
    assert zita.id in case.handler_ids
    entries = await inside.house.database.read(lambda tx: tx.log.of_case(filed.case.ref))
    kept_out = [each.subject for each in entries if each.action == LogAction.KEPT_OUT]
    assert vikram.id in kept_out
    assert verify(entries, filed.case.ref, case.log) == ()


async def begins_later(inside: Inside, name: str) -> tuple[Handler, Identity]:
    """Somebody in the regular team, once the cases are there."""
    handler = Handler(id=new_id(), name=name, team_id=ASHA.team_id)
    identity = new_identity()
    await inside.house.database.transaction(
        lambda tx: tx.people.put_handler(handler, identity.recipient)
    )
    return handler, identity


async def test_two_who_leave_at_once_leave_nothing_half_sealed(inside: Inside) -> None:
    filed = await inside.filed()
    desk = inside.app[DESK]
    acting = [
        hand_on(desk, filed.case.ref, Actor(role=Role.HANDLER, id=each.id), identity, None)
        for each in (ASHA, BEN)
        for identity in (inside.house.identities[each.id],)
    ]
    found = await asyncio.gather(*acting, return_exceptions=True)
    assert any(isinstance(each, HandedOver) for each in found)
    case = await inside.case(filed.case.ref)
    for handler_id in case.handler_ids:
        assert await opens(inside, filed, inside.house.identities[handler_id])


async def test_ties_are_declared_for_all_cases_to_come(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    await asha.goes("/desk/ties")
    page = await asha.presses("Declare it", tie="site", subject="nowhere")
    assert "There is no site with this code." in page.text
    page = await asha.presses("Declare it", tie="person", subject=" ")
    assert "Please write the person's name." in page.text
    page = await asha.presses("Declare it", subject="x", without=["tie"])
    assert "Please choose what you have a tie to." in page.text
    page = await asha.presses("Declare it", tie="person", subject="Suresh Sample")
    assert "Suresh Sample" in page.text
    page = await asha.presses("Declare it", tie="site", subject=QUARRY.code.lower())
    assert QUARRY.name in page.text
    later = await inside.filed()
    assert ASHA.id not in later.case.handler_ids
