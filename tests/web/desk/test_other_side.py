"""The other side is heard through words that the reporter agreed to, and no others (G13)."""

from typing import Any

from flows.submission import AccountEntry
from flows.values import Text
from register.case import Actor
from register.log import LogAction
from register.other_side import ExtractChanged, ExtractState, extract_of, go_on
from register.people import Role
from register.reporter_acts import withdraw
from sealing.opening import can_open
from sealing.receipts import derive
from tests.house import ASHA, BEN, URSULA
from tests.web.inside_house import Filed, Inside
from tests.web.visiting import SeenPage, Visiting

ASK = "Ask the reporter whether this may be said"
SAID = "I said this to the other side"
WORDS = "CANARY-EXTRACT It was seen in spring."
REPORTER = Actor(role=Role.REPORTER)


async def asked(inside: Inside, filed: Filed, words: str = WORDS) -> tuple[Visiting, SeenPage]:
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(f"{filed.address}/extract")
    return asha, await asha.presses(ASK, paper=words)


async def answers(inside: Inside, filed: Filed, action: LogAction) -> None:
    def work(tx: Any) -> None:
        case = tx.cases.get(filed.case.ref)
        extract = extract_of(tx.log.of_case(case.ref))
        changed = go_on(case, extract, action, REPORTER, inside.house.clock.today)
        assert isinstance(changed, ExtractChanged), changed
        tx.cases.keep(changed.case, changed.entry)

    await inside.house.database.transaction(work)


async def state(inside: Inside, filed: Filed) -> ExtractState | None:
    extract = extract_of(
        await inside.house.database.read(lambda tx: tx.log.of_case(filed.case.ref))
    )
    return None if extract is None else extract.state


async def test_the_reporter_reads_what_they_are_asked_about_and_nobody_else_does(
    inside: Inside,
) -> None:
    filed = await inside.filed()
    _, page = await asked(inside, filed)
    assert "The reporter is asked, and has not answered" in page.text
    (letter,) = await inside.house.database.read(lambda tx: tx.letters.of_case(filed.case.ref))
    key = derive(filed.receipt.receipt, inside.terms)
    assert b"CANARY-EXTRACT" in key.read(letter.envelope, letter.part)
    assert can_open(letter.envelope, letter.part, inside.house.identities[BEN.id])
    assert not can_open(letter.envelope, letter.part, inside.house.identities[URSULA.id])
    kept = b"".join(path.read_bytes() for path in inside.house.home.rglob("*") if path.is_file())
    assert b"CANARY-EXTRACT" not in kept


async def test_nothing_is_noted_as_said_before_the_reporter_agreed(inside: Inside) -> None:
    filed = await inside.filed()
    asha, page = await asked(inside, filed)
    assert not page.has_button(SAID)
    refused = await inside.posts(asha, f"{filed.address}/extract", step="told", seen=seen(page))
    assert refused.status == 422
    assert "The reporter did not say yes to this." in refused.text
    refused = await asha.presses("Seal and keep", kind="other_side", paper="They deny it.")
    assert refused.status == 422
    assert "First ask the reporter what may be said" in refused.text
    assert "They deny it." in refused.html
    await answers(inside, filed, LogAction.EXTRACT_AGREED)
    await asha.goes(filed.address)
    page = await asha.presses(SAID)
    assert await state(inside, filed) is ExtractState.TOLD
    page = await asha.presses("Seal and keep", kind="other_side", paper="They deny it.")
    assert page.status == 200
    assert "They deny it." in page.text


async def test_a_no_and_a_yes_that_was_taken_back_hold(inside: Inside) -> None:
    filed = await inside.filed()
    asha, _ = await asked(inside, filed)
    await answers(inside, filed, LogAction.EXTRACT_DECLINED)
    page = await asha.goes(filed.address)
    assert "The reporter said no: this may not be said" in page.text
    assert not page.has_button(SAID)
    await asha.goes(f"{filed.address}/extract")
    page = await asha.presses(ASK, paper="It was seen this year.")
    assert "It was seen this year." in page.text
    await answers(inside, filed, LogAction.EXTRACT_AGREED)
    await answers(inside, filed, LogAction.EXTRACT_TAKEN_BACK)
    assert not (await asha.goes(filed.address)).has_button(SAID)
    assert await state(inside, filed) is ExtractState.TAKEN_BACK


async def test_the_reporter_is_not_asked_twice_at_once_with_nothing_or_with_a_name(
    inside: Inside,
) -> None:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Ravi Kumar")
    filed = await inside.filed(name)
    asha, page = await asked(inside, filed, "KUMAR saw it.")
    assert page.status == 422
    assert "A name that the reporter gave is still in it" in page.text
    await asha.goes(f"{filed.address}/extract")
    page = await asha.presses(ASK, paper=" ")
    assert page.status == 422
    assert await state(inside, filed) is None
    await asha.goes(f"{filed.address}/extract")
    await asha.presses(ASK, paper=WORDS)
    await asha.goes(f"{filed.address}/extract")
    page = await asha.presses(ASK, paper="Again.")
    assert page.status == 422
    assert "The reporter is asked already" in page.text


async def test_who_does_not_read_the_case_neither_asks_nor_notes(inside: Inside) -> None:
    filed = await inside.filed()
    ursula = await inside.signs_in(URSULA.id)
    for step in ("ask", "told", "keep"):
        page = await inside.posts(ursula, f"{filed.address}/extract", step=step, paper="Words")
        assert page.status == 404
    asha = await inside.signs_in(ASHA.id)
    page = await inside.posts(asha, f"{filed.address}/extract", step="nonsense", paper="Words")
    assert page.status == 400


async def test_a_closed_case_says_nothing_to_anybody(inside: Inside) -> None:
    filed = await inside.filed()
    asha, _ = await asked(inside, filed)
    await answers(inside, filed, LogAction.EXTRACT_AGREED)
    today = inside.house.clock.today

    def closes(tx: Any) -> None:
        acted = withdraw(tx.cases.get(filed.case.ref), today)
        assert acted is not None
        tx.cases.keep(acted.case, acted.entry)

    await inside.house.database.transaction(closes)
    await asha.goes(filed.address)
    page = await asha.presses(SAID)
    assert page.status == 422
    assert "The case is closed" in page.text


def seen(page: SeenPage) -> str:
    return next(dict(form.fields)["seen"] for form in page.forms if "seen" in dict(form.fields))
