"""Who told it, and later what was told, is gone from every byte that is kept (L4)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from flows.submission import AccountEntry
from flows.values import Text
from register.account import Account
from register.case import Actor
from register.erasing import Erasable, due
from register.letters import write_back
from register.log import verify
from register.people import Role
from register.spans import Span
from register.transitions import Action, Moved, move
from sealing.identifiers import new_id
from service.erasing import erase_what_is_due
from service.settings import Settings
from tests.house import ASHA
from tests.web.inside_house import Filed, Inside

NAME = "CANARY-NAME"


class Round:
    """What the chore asks of a house."""

    def __init__(self, inside: Inside) -> None:
        self.database = inside.house.database
        self.blobs = inside.house.blobs
        self.settings = Settings(home=inside.house.home)


@pytest.fixture
def closing(inside: Inside) -> Iterator[Round]:
    yield Round(inside)


async def filed_with_all(inside: Inside) -> Filed:
    name = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value=NAME)
    photo = AccountEntry(path="photos", label=Text(msgid="Photos"), value=(await inside.photo(),))
    filed = await inside.filed(name, photo)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.presses("Seal and send", letter="A letter")
    await asha.goes(filed.address)
    await asha.presses("Seal and keep", paper="A note", kind="note")
    return filed


async def withdrawn(inside: Inside, filed: Filed) -> None:
    def work(tx: Any) -> None:
        case = tx.cases.get(filed.case.ref)
        reporter = Actor(role=Role.REPORTER)
        moved = move(case, Action.WITHDRAW, reporter, inside.house.clock.today)
        assert isinstance(moved, Moved)
        tx.cases.keep(moved.case, moved.entry)

    await inside.house.database.transaction(work)


def everything(inside: Inside) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(inside.house.home.rglob("*")) if p.is_file())


async def sealed_now(inside: Inside, filed: Filed) -> dict[str, bytes]:
    """The ciphertext of what is to go, to be looked for later."""

    def look(tx: Any) -> dict[str, bytes]:
        ref = filed.case.ref
        envelope = tx.cases.envelope(ref)
        found = {name: envelope.part(name).ciphertext for name in envelope.names}
        for letter in tx.letters.of_case(ref):
            found["letter"] = letter.envelope.part(letter.part).ciphertext
        for paper in tx.papers.of_case(ref):
            found["paper"] = paper.envelope.part(paper.part).ciphertext
        return found

    return await inside.house.database.read(look)


async def test_who_told_it_goes_first_and_what_was_told_a_year_after(
    inside: Inside, closing: Round
) -> None:
    filed = await filed_with_all(inside)
    before = await sealed_now(inside, filed)
    await asyncio.to_thread(inside.house.database.let_go_of_what_was)
    assert all(sealed in everything(inside) for sealed in before.values())
    await withdrawn(inside, filed)
    today = inside.house.clock.today
    assert await erase_what_is_due(closing, today) == 0
    assert await erase_what_is_due(closing, today + timedelta(days=70)) == 1
    case = await inside.case(filed.case.ref)
    assert case.identity_erased_on is not None
    kept = everything(inside)
    assert before["identity"] not in kept
    assert before["account"] in kept
    assert await erase_what_is_due(closing, today + timedelta(days=366)) == 1
    kept = everything(inside)
    for name, sealed in before.items():
        assert sealed not in kept, name
    assert list(inside.house.blobs.ids()) == []
    case = await inside.case(filed.case.ref)
    assert case.account_erased_on is not None
    assert case.erase_on == Span(months=7 * 12).after(today)
    assert case.theme is filed.case.theme
    entries = await inside.house.database.read(lambda tx: tx.log.of_case(case.ref))
    assert verify(entries, case.ref, case.log) == ()
    assert await erase_what_is_due(closing, today + timedelta(days=400)) == 0


async def test_a_name_in_a_later_letter_goes_with_the_first_and_the_letter_stays(
    inside: Inside, closing: Round
) -> None:
    filed = await inside.filed()
    named = Account(
        flow="who_may_know",
        version=1,
        language="en",
        entries=(
            AccountEntry(path="message", label=Text(msgid="Message"), value="It goes on."),
            AccountEntry(path="contact_name", label=Text(msgid="Your name"), value=NAME),
        ),
    )
    today = inside.house.clock.today

    def work(tx: Any) -> None:
        sent = write_back(
            tx.cases.get(filed.case.ref),
            named,
            today,
            letter_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(filed.case.ref),
        )
        tx.cases.keep(sent.case, sent.entry)
        tx.letters.add(sent.letter)

    await inside.house.database.transaction(work)
    (letter,) = await inside.house.database.read(lambda tx: tx.letters.of_case(filed.case.ref))
    teller = letter.envelope.part(letter.teller_part).ciphertext
    story = letter.envelope.part(letter.part).ciphertext
    await withdrawn(inside, filed)
    assert await erase_what_is_due(closing, today + timedelta(days=70)) == 1
    kept = everything(inside)
    assert teller not in kept
    assert story in kept


async def test_a_case_whose_account_is_gone_still_has_a_page(
    inside: Inside, closing: Round
) -> None:
    filed = await filed_with_all(inside)
    await withdrawn(inside, filed)
    today = inside.house.clock.today
    await erase_what_is_due(closing, today + timedelta(days=366))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert page.status == 200
    assert "What was told was erased, with letters and files" in page.text


async def test_a_round_that_was_broken_off_is_finished_by_the_next(
    inside: Inside, closing: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [await inside.filed() for _ in range(3)]
    for filed in cases:
        await withdrawn(inside, filed)
    later = inside.house.clock.today + timedelta(days=366)
    first = inside.house.database.transaction

    class OneOnly:
        """The process dies after the first case."""

        done = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(inside.house.database, name)

        async def transaction(self, work: Any) -> Any:
            if self.done == 2:  # one for old alerts, one for a case
                raise ConnectionError
            self.done += 1
            return await first(work)

    closing.database = OneOnly()  # type: ignore[assignment]  # the port, dying after one
    with pytest.raises(ConnectionError):
        await erase_what_is_due(closing, later)
    closing.database = inside.house.database
    assert await erase_what_is_due(closing, later) == 2
    for filed in cases:
        assert (await inside.case(filed.case.ref)).account_erased_on is not None


async def test_what_is_open_again_is_not_erased(inside: Inside) -> None:
    filed = await inside.filed()
    assert due(filed.case, filed.case.filed_on + timedelta(days=4000)) == frozenset()
    assert Erasable.IDENTITY.value == "identity"
