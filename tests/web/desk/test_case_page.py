"""A case's page: opened in memory for those it is sealed to, and for nobody else."""

import pytest

from flows.submission import AccountEntry
from flows.values import Text
from register.people import ConflictOfInterest, TieTo
from tests.house import ASHA, BEN, QUARRY, URSULA
from tests.web.inside_house import PASSPHRASE, TOLD, Inside
from web.desk.house import DESK

NAME = AccountEntry(path="contact_name", label=Text(msgid="What is your name?"), value="Meena D.")


async def test_a_handler_reads_what_was_told_as_it_was_typed(inside: Inside) -> None:
    filed = await inside.filed(danger="yes", people="many")
    ursula = await inside.signs_in(URSULA.id)
    page = await ursula.goes(filed.address)
    assert page.status == 200
    assert TOLD in page.text
    assert "<b>every</b>" not in page.html
    assert 'lang="hi" dir="auto"' in page.html
    assert "Urgent: look today" in page.text
    assert "11 to 50" in page.text


async def test_questions_stand_in_both_languages(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert "What happened?" in page.text
    assert "क्या हुआ?" in page.text


async def test_a_case_of_others_looks_like_no_case(inside: Inside) -> None:
    filed = await inside.filed()
    ursula = await inside.signs_in(URSULA.id)
    theirs = await ursula.goes(filed.address)
    nobodys = await ursula.goes(f"/desk/cases/{'a' * 26}")
    assert theirs.status == nobodys.status == 404
    assert theirs.html.replace(filed.case.ref, "") == nobodys.html.replace("a" * 26, "")


async def test_a_tie_that_was_declared_later_closes_the_case(inside: Inside) -> None:
    filed = await inside.filed()
    tie = ConflictOfInterest(
        tie=TieTo.SITE, subject=QUARRY.id, declared_on=inside.house.clock.today
    )
    await inside.house.database.transaction(lambda tx: tx.people.declare(ASHA.id, tie))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert page.status == 403
    assert "You have a tie to the site." in page.text
    assert TOLD not in page.text
    for path in ("identity", "letter", "move", "summary"):
        refused = await inside.posts(asha, f"{filed.address}/{path}", letter="x", summary="x")
        assert refused.status == 403
        assert TOLD not in refused.text


async def test_that_a_case_was_opened_stands_in_the_log_once_a_day(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    await asha.goes(filed.address)
    assert (await inside.log(filed.case.ref)).count(("opened", "account")) == 1
    inside.house.clock.pass_days(1)
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    assert (await inside.log(filed.case.ref)).count(("opened", "account")) == 2


async def test_who_told_it_lies_apart_and_opening_it_is_logged(inside: Inside) -> None:
    filed = await inside.filed(NAME)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert "Meena" not in page.text
    assert ("opened", "identity") not in await inside.log(filed.case.ref)
    opened = await asha.presses("Open who told it")
    assert "Meena D." in opened.text
    assert ("opened", "identity") in await inside.log(filed.case.ref)


async def test_without_an_identity_there_is_nothing_to_open(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert not page.has_button("Open who told it")


async def test_after_a_restart_the_pass_phrase_is_asked_again(inside: Inside) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    cabinet = inside.app[DESK].cabinet
    for login in list(cabinet._held):
        cabinet.drop(login)
    page = await asha.goes(filed.address)
    assert "Unlock your key" in page.title
    wrong = await asha.presses("Unlock", passphrase="not the pass phrase")
    assert wrong.status == 422
    assert TOLD not in wrong.text
    page = await asha.presses("Unlock", passphrase=PASSPHRASE)
    assert TOLD in page.text


async def test_signing_out_takes_the_key_out_of_memory(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    assert len(inside.app[DESK].cabinet._held) == 1
    await asha.presses("Sign out")
    assert len(inside.app[DESK].cabinet._held) == 0


async def test_an_idle_key_leaves_memory_with_the_next_look(inside: Inside) -> None:
    await inside.signs_in(ASHA.id)
    inside.house.clock.pass_days(1)
    ben = await inside.signs_in(BEN.id)
    await ben.goes(f"/desk/cases/{'a' * 26}")
    assert len(inside.app[DESK].cabinet._held) == 1
    assert "***" in repr(inside.app[DESK].cabinet)


@pytest.mark.parametrize("done", ["moved", "<script>", "nonsense"])
async def test_an_address_can_put_no_words_onto_the_page(inside: Inside, done: str) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(f"{filed.address}?done={done}")
    assert ("written into the log" in page.text) == (done == "moved") or "Opening" in page.text
    assert "<script>" not in page.html
    assert "nonsense" not in page.html
