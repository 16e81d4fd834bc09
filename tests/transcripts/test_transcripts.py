"""Conversations as they are held: every transcript, in every language, with the real bot.

A transcript names texts by their English words; the player says and looks for their translations.
The bot is python-telegram-bot's client against a Bot API server on loopback, and everything behind
it is real: engine, catalogues, sealing, database. Where a conversation goes on in the web form, its
pages are served beside the bot, to a browser without script.
"""

import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from ruamel.yaml import YAML

from flows.values import Text
from locales.catalogue import catalogue
from locales.languages import LANGUAGES, language_named
from register.account import message, read_account
from register.case import Actor
from register.letters import Sent, write
from register.other_side import ask_reporter, extract_of
from register.people import Handler, Role, Team, TeamKind
from register.referrals import Referral, ReferralKind
from register.summary import SummaryAction, change, draft
from register.transitions import Action, Moved, MoveReason, move
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.opening import can_open, open_part
from tests.bot.conftest import polling
from tests.house import QUARRY, House, small_house
from tests.rounds import invite
from tests.telegram_server import Person, TelegramServer
from tests.web.visiting import Visiting
from web.app import make_app
from web.desk.reading import open_letters, open_tellers
from web.services import WebServices
from web.serving import WebServer

FOLDER = Path(__file__).parent
TRANSCRIPTS = {path.stem: YAML(typ="safe").load(path) for path in FOLDER.glob("*.yaml")}
ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")
VOICE = b"OggS\x00\x02" + bytes(22) + b"\x01\x1eOpusHead" + bytes(200)


def photo() -> bytes:
    """A small photo with a place in its metadata."""
    image = Image.new("RGB", (64, 48), "saddlebrown")
    exif = image.getexif()
    exif[0x010F] = "CANARY camera"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


class Player:
    """Does and looks for what a transcript says, in one language."""

    def __init__(self, person: Person, house: House, language: str) -> None:
        self.person = person
        self.house = house
        self.language = language
        self.browser: Visiting
        self.receipt = ""
        self.token = ""
        self._seen = ""
        self._old: dict[str, Any] = {}

    def words(self, msgid: str) -> str:
        return catalogue(self.language).text(msgid)

    async def play(self, steps: list[dict[str, Any]]) -> None:
        for number, step in enumerate(steps, start=1):
            ((what, value),) = step.items()
            try:
                await getattr(self, f"_{what}")(value)
            except AssertionError as fault:
                fault.add_note(f"step {number}: {what} {value!r} [{self.language}]")
                raise

    async def _look(self) -> str:
        text = ISOLATES.sub("", await self.person.sees())
        for shown in self.person.messages.values():
            for button in shown.buttons:
                self._old.setdefault(button.label, (shown, button))
        return text

    async def _opens(self, code: str) -> None:
        await self.person.says(f"/start {code}".strip())

    async def _chooses_language(self, _: None) -> None:
        await self._look()
        name = language_named(self.language).own_name
        (label,) = (each for each in self.person.buttons if each.endswith(name))
        await self.person.presses(label)

    async def _sees(self, msgid: str) -> None:
        text = await self._look()
        words = ISOLATES.sub("", catalogue(self.language).render(Text(msgid=msgid)))
        pattern = re.escape(words).replace("…", ".+")  # places without a value read as "…"
        assert re.search(pattern, text), text

    async def _sees_words(self, words: str) -> None:
        assert words in await self._look()

    async def _sees_no_words(self, words: str) -> None:
        assert words not in await self._look()

    async def _still_sees_receipt(self, _: None) -> None:
        await self._look()
        assert self.receipt in ISOLATES.sub("", self.person.screen)

    async def _sees_only_the_last_message(self, _: None) -> None:
        await self._look()
        assert self.person.screen == self.person.newest.text

    async def _directory_has(self, place: dict[str, str]) -> None:
        entry = Referral(
            id=new_id(),
            country=place["country"],
            kind=ReferralKind(place["kind"]),
            name={"en": "Sample number"},
            reach={"": place["reach"]},
            checked_on=self.house.clock.today,
        )
        await self.house.database.transaction(
            lambda tx: tx.referrals.replace(entry.country, [entry])
        )

    async def _presses(self, msgid: str) -> None:
        await self._look()
        await self.person.presses(self.words(msgid))

    async def _presses_site(self, name: str) -> None:
        await self._look()
        local = {"hi": "राजनगर खदान 3"}.get(self.language, name)
        (label,) = (each for each in self.person.buttons if local in ISOLATES.sub("", each))
        await self.person.presses(label)

    async def _presses_old(self, msgid: str) -> None:
        await self._look()
        words = self.words(msgid)
        shown, button = next(
            kept for label, kept in self._old.items() if ISOLATES.sub("", label).endswith(words)
        )
        self.person.taps(shown, button.data)

    async def _changes(self, msgid: str) -> None:
        text = await self._look()
        for _ in range(6):
            words = ISOLATES.sub("", catalogue(self.language).render(Text(msgid=msgid)))
            words = re.escape(words).replace("…", "[^\n]+")
            found = re.search(rf"(\d+)\.\s[^\n]*{words}", text)
            if found:
                await self.person.presses(found[1])
                return
            await self.person.presses(self.words("More"))
            text = await self._look()
        raise AssertionError("the answer is not in the review")

    async def _browser_takes_the_link(self, _: None) -> None:
        found = re.search(r"http://127\.0\.0\.1:\d+/move#([\w-]{32})", await self._look())
        assert found
        await self.browser.goes("/move")
        await self.browser.presses(self.words("Go on here"), code=found[1])

    async def _browser_takes_the_typed_code(self, _: None) -> None:
        found = re.search(r"\d{3}( \d{3}){4}", await self._look())
        assert found
        await self.browser.goes("/move")
        await self.browser.presses(self.words("Go on here"), code=found[0])

    async def _browser_sees(self, msgid: str) -> None:
        shown = ISOLATES.sub("", self.browser.page.text)
        words = ISOLATES.sub("", catalogue(self.language).render(Text(msgid=msgid)))
        assert " ".join(words.split()) in shown, shown

    async def _browser_begins(self, _: None) -> None:
        await self.browser.goes("/")
        await self.browser.presses("report")

    async def _browser_presses(self, value: str) -> None:
        await self.browser.presses(value)

    async def _browser_chooses(self, name: str) -> None:
        await self.browser.presses("next", choice=name)

    async def _person_takes_the_link(self, _: None) -> None:
        found = re.search(
            r'https://t\.me/loopback_bot\?start=(m_[\w-]{32})"', self.browser.page.html
        )
        assert found
        await self.person.says(f"/start {found[1]}")

    async def _person_takes_the_typed_code(self, _: None) -> None:
        found = re.search(r"\d{3}( \d{3}){4}", self.browser.page.text)
        assert found
        await self.person.says(found[0])

    async def _says(self, words: str) -> None:
        await self.person.says(words)

    async def _says_word(self, msgid: str) -> None:
        await self.person.says(self.words(msgid))

    async def _says_long(self, letters: int) -> None:
        await self.person.says("x" * letters)

    async def _says_receipt(self, _: None) -> None:
        await self.person.says(self.receipt)

    async def _sends(self, what: str) -> None:
        if what == "photo":
            await self.person.sends_photo(photo())
        else:
            await self.person.sends_voice(VOICE)

    async def _gets_receipt(self, _: None) -> None:
        self.receipt = await self._digits()

    async def _gets_helper_receipt(self, _: None) -> None:
        self.helper_receipt = await self._digits()
        assert self.helper_receipt != self.receipt

    async def _says_helper_receipt(self, _: None) -> None:
        await self.person.says(self.helper_receipt)

    async def _digits(self) -> str:
        found = re.search(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}[ -]\d", await self._look())
        assert found
        return found[0]

    async def _opens_invitation(self, _: None) -> None:
        self.token = self.token or await invite(self.house, language=self.language)
        await self.person.says(f"/start r_{self.token}")

    async def _finishes_with_skips(self, _: None) -> None:
        send, skip, ok = self.words("Send"), self.words("Skip"), self.words("OK")
        for _ in range(12):
            await self._look()
            labels = [ISOLATES.sub("", label) for label in self.person.buttons]
            if any(label.endswith(send) for label in labels):
                return
            await self.person.presses(skip if any(skip in each for each in labels) else ok)
        raise AssertionError("the questions do not end")

    async def _rating_is(self, wanted: dict[str, Any]) -> None:
        await self._look()
        (rating,) = await self.house.database.read(lambda tx: tx.ratings.of_sites((QUARRY.id,)))
        assert {name: getattr(rating, name) for name in wanted} == wanted

    async def _handler_writes(self, words: str) -> None:
        await self._handler_sends(words, write)

    async def _handler_asks_what_may_be_said(self, words: str) -> None:
        await self._handler_sends(
            words, lambda case, *rest, **more: ask_reporter(case, None, *rest, **more)
        )

    async def _handler_sends(self, words: str, send: Callable[..., Any]) -> None:
        def work(tx: Any) -> None:
            (ref,) = tx.cases.refs()
            case = tx.cases.get(ref)
            sent = send(
                case,
                message(words, language="en"),
                Actor(role=Role.HANDLER, id=case.handler_ids[0]),
                self.house.clock.today,
                letter_id=new_id(),
                keys=tx.people.keys(),
                reporter=tx.cases.reporter(ref),
                helpers=tx.helpers.of_case(ref),
            )
            assert isinstance(sent, Sent), sent
            tx.cases.keep(sent.case, sent.entry)
            tx.letters.add(sent.letter)

        await self.house.database.transaction(work)

    async def _handlers_know_who(self, is_known: bool) -> None:
        def letters(tx: Any) -> Any:
            (ref,) = tx.cases.refs()
            return tx.cases.get(ref), tx.letters.of_case(ref)

        case, written = await self.house.database.read(letters)
        identity = self.house.identities[case.handler_ids[0]]
        known = open_tellers(written, identity)
        assert [each.content.words for each in known] == [("Ravi Kumar",)] * is_known
        for each in open_letters(written, identity):
            assert each.content is not None
            assert "Ravi Kumar" not in each.content.words

    async def _somebody_hears_appeals(self, _: None) -> None:
        team = Team(id=new_id(), name="Appeals", kind=TeamKind.APPEAL)
        hears = Handler(id=new_id(), name="Zoe Sample", team_id=team.id)
        identity = self.house.identities[hears.id] = new_identity()

        def work(tx: Any) -> None:
            tx.people.put_team(team)
            tx.people.put_handler(hears, identity.recipient)

        await self.house.database.transaction(work)

    async def _handler_moves(self, steps: list[str]) -> None:
        def work(tx: Any) -> None:
            (ref,) = tx.cases.refs()
            for step in steps:
                action, _, reason = step.partition(":")
                case = tx.cases.get(ref)
                actor = Actor(role=Role.HANDLER, id=case.handler_ids[0])
                why = MoveReason(reason) if reason else None
                moved = move(case, Action(action), actor, self.house.clock.today, why)
                assert isinstance(moved, Moved), moved
                tx.cases.keep(moved.case, moved.entry)

        await self.house.database.transaction(work)

    async def _browser_decides_with_receipt(self, answer: str) -> None:
        await self.browser.goes("/receipt")
        await self.browser.presses(self.words("Open"), receipt=self.receipt)
        await self.browser.presses("decide_summary")
        await self.browser.presses(self.words("Next"), receipt=self.receipt)
        await self.browser.presses("next", choice=answer)
        await self.browser.presses("submit")

    async def _handler_takes_back(self, _: None) -> None:
        def work(tx: Any) -> None:
            (ref,) = tx.cases.refs()
            case, summary = tx.cases.get(ref), tx.summaries.of_case(ref)
            actor = Actor(role=Role.HANDLER, id=case.handler_ids[0])
            today = self.house.clock.today
            changed = change(summary, case, SummaryAction.WITHDRAW, actor, today)
            tx.summaries.put(changed.summary)
            tx.cases.keep(changed.case, changed.entry)

        await self.house.database.transaction(work)

    async def _handler_offers(self, words: str) -> None:
        def work(tx: Any) -> None:
            (ref,) = tx.cases.refs()
            case = tx.cases.get(ref)
            actor = Actor(role=Role.HANDLER, id=case.handler_ids[0])
            drafted = draft(
                case,
                words,
                actor,
                self.house.clock.today,
                summary_id=new_id(),
                keys=tx.people.keys(),
                reporter=tx.cases.reporter(ref),
                earlier=tx.summaries.of_case(ref),
            )
            offered = change(drafted, case, SummaryAction.OFFER, actor, self.house.clock.today)
            tx.summaries.put(offered.summary)
            tx.cases.keep(offered.case, offered.entry)

        await self.house.database.transaction(work)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


@asynccontextmanager
async def both(server: TelegramServer, house: House) -> AsyncIterator[str]:
    """The bot and the pages of one house; gives the pages' address."""
    links: list[Callable[[str], str]] = []

    def link(code: str) -> str:
        return links[0](code)

    services = WebServices(
        reception=house.reception,
        form_secret=b"s" * 32,
        chat_link=link,
    )
    pages = WebServer(make_app(services))
    base = f"http://127.0.0.1:{await pages.start('127.0.0.1', 0)}"
    try:
        async with polling(server, house.reception, form_address=f"{base}/move") as channel:
            links.append(channel.moving_link)
            yield base
    finally:
        await pages.stop()


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("name", sorted(TRANSCRIPTS))
async def test_a_conversation_goes_as_written(name: str, language: str, house: House) -> None:
    transcript = TRANSCRIPTS[name]
    async with TelegramServer() as server, both(server, house) as base:
        person = server.person(language=language, name="CANARY")
        browser = Visiting(base, language=language.replace("_", "-"))
        try:
            player = Player(person, house, language)
            player.browser = browser
            await player.play(transcript["steps"])
        finally:
            await browser.session.close()
    await check(house, transcript["outcome"], language)


async def check(house: House, outcome: Any, language: str) -> None:
    """What came of it, as the register and the handlers have it."""
    refs = await house.database.read(lambda tx: tx.cases.refs())
    if outcome == "nothing":
        assert refs == ()
        return
    (ref,) = refs
    case = await house.database.read(lambda tx: tx.cases.get(ref))
    envelope = await house.database.read(lambda tx: tx.cases.envelope(ref))
    account = read_account(open_part(envelope, "account", house.identities[case.handler_ids[0]]))
    assert account.language == language
    assert case.theme == outcome["theme"]
    assert (
        len(account.files) + sum(each.cleaned is not None for each in account.files)
        == (outcome["files"])
    )
    for name in ("people", "danger", "anonymity"):
        if name in outcome:
            assert getattr(case.particulars, name) == outcome[name]
    if "urgency" in outcome:
        assert case.urgency == outcome["urgency"]
    for name in ("status", "satisfaction", "treatment"):
        if name in outcome:
            assert getattr(case, name) == outcome[name]
    if "summary" in outcome:
        summary = await house.database.read(lambda tx: tx.summaries.of_case(ref))
        assert summary.state == outcome["summary"]
    if "company_would_read" in outcome:
        content = open_part(summary.envelope, summary.part, house.identities[case.handler_ids[0]])
        assert read_account(content).words == (outcome["company_would_read"],)
    if outcome.get("heard_by_others"):
        assert case.earlier_handler_ids
        assert not set(case.handler_ids) & set(case.earlier_handler_ids)
        letters = await house.database.read(lambda tx: tx.letters.of_case(ref))
        for earlier in case.earlier_handler_ids:
            identity = house.identities[earlier]
            assert not can_open(envelope, "account", identity)
            assert not any(can_open(each.envelope, each.part, identity) for each in letters)
    letters = await house.database.read(lambda tx: tx.letters.of_case(ref))
    if "letters" in outcome:
        assert len(letters) == outcome["letters"]
    if "files_in_letters" in outcome:
        opened = open_letters(letters, house.identities[case.handler_ids[0]])
        files = [file for each in opened if each.content for file in each.content.files]
        assert len(files) == outcome["files_in_letters"]
    if "other_side" in outcome:
        extract = extract_of(await house.database.read(lambda tx: tx.log.of_case(ref)))
        assert extract is not None
        assert extract.state == outcome["other_side"]
