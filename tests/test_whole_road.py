"""The whole road on real input: from a worker's message in Hindi to the company's score.

Four workers reported bonded wages at the quarry; the fifth tells it to the bot, in Hindi. When the
quarter is over its figures are released, the company's heat map shows the cell, and the score
carries the released complaints as evidence under question 2.2.5. Until then the company sees
nothing of any of it (K1, K4).
"""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitoring.evaluation.evidence import Source
from monitoring.evaluation.report import Report
from monitoring.heat_map import HeatMap
from monitoring.overview.company import company_view
from monitoring.overview.organisations import refresh_organisation
from monitoring.overview.releasing import due_releases, release_quarter
from monitoring.overview.scores import score_of
from register.account import read_account
from register.particulars import Theme
from sealing.opening import open_part
from tests.bot.conftest import polling
from tests.house import ASHA, IMPORTER, QUARRY, House, small_house
from tests.shipped import FRAMEWORK
from tests.telegram_server import TelegramServer
from tests.transcripts.test_transcripts import Player

WAGES = "Pay: too little, too late or not at all"
STORY = "तीन महीने से पूरी मज़दूरी नहीं मिली।"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


def steps(story: str) -> list[dict[str, Any]]:
    """A report of unpaid wages, as somebody types it."""
    return [
        {"opens": "RJ3"},
        {"chooses_language": None},
        {"presses": "Tell what goes wrong"},
        {"presses": "Only I use it"},
        {"presses": "Yes"},
        {"presses": "I work there or worked there"},
        {"presses": "No"},
        {"presses": "No"},
        {"presses": WAGES},
        {"presses": "Longer ago"},
        {"presses": "More than 50 people"},
        {"presses": "Women and men"},
        {"says": story},
        *({"presses": "Skip"} for _ in range(5)),
        {"presses": "Nobody knows who I am, not even you"},
        {"presses": "OK"},
        {"presses": "Send"},
        {"gets_receipt": None},
    ]


async def report(house: House, server: TelegramServer, language: str, story: str) -> None:
    await Player(server.person(language=language), house, language).play(steps(story))


async def pass_day(house: House) -> None:
    """What the daily round does."""
    salt = house.key_ring.salt("releases")

    def work(tx: Any) -> None:
        today = house.clock.today
        for organisation_id, quarter in due_releases(tx, today):
            release_quarter(tx, organisation_id, quarter, today, salt=salt)
        refresh_organisation(tx, IMPORTER.id, today)

    await house.database.transaction(work)


async def seen_by_company(house: House) -> tuple[HeatMap, Report]:
    today = house.clock.today
    view = await house.database.read(lambda tx: company_view(tx, IMPORTER.id, today))
    score = await house.database.read(lambda tx: score_of(tx, IMPORTER.id, FRAMEWORK, today))
    assert view is not None
    assert score is not None
    return view.heat_map, score


def wages_cell(heat_map: HeatMap) -> Any:
    """The company's cell for wages at the quarry, if there is one."""
    cells = [cell for row in heat_map.rows for cell in row.cells if QUARRY.id in cell.id]
    return next((cell for cell in cells if cell.theme is Theme.LIVING_WAGE), None)


def evidence_of_complaints(score: Report) -> list[Any]:
    """The evidence of the register under 2.2.5, part 1: complaints on the sites."""
    question = score.score.question("2.2.5")
    return [
        each.evidence
        for each in question.evidence
        if each.component == "1" and each.evidence.source is Source.REGISTER
    ]


async def test_from_a_message_in_hindi_to_the_heat_map_and_the_score(house: House) -> None:
    async with TelegramServer() as server, polling(server, house.reception):
        for number in range(4):
            await report(house, server, "en", f"They owe us wages. {number}")
        await pass_day(house)
        before_map, before_score = await seen_by_company(house)
        await report(house, server, "hi", STORY)

    refs = await house.database.read(lambda tx: tx.cases.refs())
    cases = await house.database.read(lambda tx: [tx.cases.get(ref) for ref in refs])
    (hindi,) = (case for case in cases if case.language == "hi")
    assert ASHA.id in hindi.handler_ids
    envelope = await house.database.read(lambda tx: tx.cases.envelope(hindi.ref))
    account = read_account(open_part(envelope, "account", house.identities[ASHA.id]))
    assert STORY in account.words

    await pass_day(house)
    same_map, same_score = await seen_by_company(house)
    assert wages_cell(before_map) is None
    assert (same_map, same_score) == (before_map, before_score), "seen before the quarter was over"

    house.clock.pass_days((date(2026, 10, 1) - house.clock.today).days)
    await pass_day(house)
    after_map, after_score = await seen_by_company(house)
    cell = wages_cell(after_map)
    assert cell is not None
    assert cell.severity >= 3
    assert evidence_of_complaints(before_score) == []
    assert evidence_of_complaints(after_score) != []


async def test_four_reports_never_show(house: House) -> None:
    async with TelegramServer() as server, polling(server, house.reception):
        for number in range(4):
            await report(house, server, "en", f"They owe us wages. {number}")
    house.clock.pass_days(100)
    await pass_day(house)
    heat_map, score = await seen_by_company(house)
    assert wages_cell(heat_map) is None
    assert evidence_of_complaints(score) == []
