"""Alerts reach handlers, the operator and webhooks: at least once, and say next to nothing.

Against a mail server and a web server on loopback, with a clock that the tests move.
"""

import asyncio
import hashlib
import hmac
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

import service.delivering.mailing as mailing
import service.delivering.postman as postman_module
from register.alerts import Alert, AlertKind
from register.deliveries import HELD_BACK, MAIL, Delivery, DeliveryFault, DeliveryState, Notice
from register.people import Handler
from register.routing import Urgency
from register.webhooks import Webhook, new_secret
from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.chore_list import escalate_what_was_missed, forget_deliveries, release_quarters
from service.delivering.postman import LEASE, Postman, answer_of
from service.installation import set_up
from service.people import PeopleMaker, keep_person, retire, set_mail
from service.settings import read_settings
from service.wiring import House, open_house
from storage.transaction import SqlTransaction
from tests.service.talking import Reporter
from tests.smtp_server import SmtpServer
from tests.storage.ground import case, filing, organisation
from tests.webhook_receiver import Receiver

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True, kw_only=True)
class Place:
    """A house with a mail server and somebody's system beside it."""

    house: House
    clock: Clock
    mail: SmtpServer
    receiver: Receiver
    asha: Handler
    ben: Handler
    postman: Postman

    async def alert(
        self,
        *to: Handler,
        kind: AlertKind = AlertKind.NEW_CASE,
        urgency: Urgency = Urgency.URGENT,
    ) -> str:
        made = Alert(
            kind=kind, case_ref=new_id(), urgency=urgency, to=tuple(each.id for each in to)
        )
        today = self.clock.now.date()
        await self.house.database.transaction(lambda tx: tx.outbox.put(made, today))
        return made.case_ref

    async def webhook(self, organisation_id: str | None = None, address: str = "") -> Webhook:
        made = Webhook(
            id=new_id(),
            organisation_id=organisation_id,
            address=address or self.receiver.address,
            secret=new_secret(),
            added_on=self.clock.now.date(),
        )
        await self.house.database.transaction(lambda tx: tx.webhooks.put(made))
        return made

    async def look(self, **later: int) -> int:
        self.clock.now += timedelta(**later)
        return await self.postman.look()

    async def for_hours(self, hours: int) -> None:
        """Somebody looks every quarter of an hour."""
        for _ in range(4 * hours):
            await self.look(minutes=15)

    async def waiting(self, line: str = MAIL) -> tuple[Delivery, ...]:
        return await self.house.database.read(lambda tx: tx.deliveries.waiting(line))

    async def dead(self) -> tuple[Delivery, ...]:
        return await self.house.database.read(lambda tx: tx.deliveries.dead())


@pytest.fixture
async def place(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    receiver, clock = Receiver(), Clock()
    async with SmtpServer() as mail:
        await receiver.start()
        for name, value in {
            "SMTP_URL": mail.url,
            "MAIL_FROM": "desk@speak.example",
            "MAIL_OPERATOR": "operator@speak.example",
            "WEB_PUBLIC_URL": "https://speak.example",
            "WEBHOOKS_TO_LOOPBACK": "true",
        }.items():
            monkeypatch.setenv(f"GEHOOR_{name}", value)
        settings = read_settings()
        await asyncio.to_thread(set_up, settings, START.date(), lambda _text: None)
        house = open_house(settings, clock=clock, receipt_cost=TEST_COST)
        maker = PeopleMaker(key_ring=house.key_ring, cost=TEST_COST)

        def people(tx: SqlTransaction) -> list[Handler]:
            made = []
            team = next(each for each in tx.people.staff().teams if each.kind == "regular")
            for name, language in (("Asha", "en"), ("Ben", "nl")):
                new = maker.handler(name, "a long pass phrase", team=team, pages_in=language)
                keep_person(tx, new)
                set_mail(tx, name, f"{name.lower()}@desk.example")
                assert isinstance(new.person, Handler)
                made.append(new.person)
            return made

        asha, ben = await house.database.transaction(people)
        try:
            yield Place(
                house=house,
                clock=clock,
                mail=mail,
                receiver=receiver,
                asha=asha,
                ben=ben,
                postman=Postman(house, chance=lambda: 0.5),
            )
        finally:
            await house.close()
            await receiver.stop()


# --- what is said ---


async def test_each_handler_is_told_in_their_language_with_a_link_to_the_desk_alone(
    place: Place,
) -> None:
    await place.alert(place.asha, place.ben)
    assert await place.look() == 2
    found = {str(each["To"]): each for each in place.mail.letters}
    english, dutch = found["asha@desk.example"], found["ben@desk.example"]
    assert english["Subject"] == "There is work for you"
    assert "There is work for you on the desk.\nPlease look today.\n" in english.get_content()
    assert "https://speak.example/desk\n" in english.get_content()
    assert dutch["Subject"] == "Er staat werk voor u klaar"
    assert "Kijk alstublieft vandaag." in dutch.get_content()
    assert english["From"] == "desk@speak.example"
    assert english["Auto-Submitted"] == "auto-generated"


async def test_the_same_is_said_of_every_kind_of_work(place: Place) -> None:
    said = set()
    for kind in AlertKind:
        if kind in {AlertKind.ANSWER, AlertKind.SUMMARY_SHARED, AlertKind.COMPANY_ASKED}:
            continue
        if kind in {AlertKind.UNROUTED, AlertKind.FLOW_MISFIT}:
            continue
        place.mail.taken.clear()
        await place.alert(place.asha, kind=kind)
        await place.look()
        (letter,) = place.mail.letters
        said.add((letter["Subject"], letter.get_content()))
    assert len(said) == 1


async def test_nothing_of_a_report_is_in_any_byte_that_leaves_the_house(place: Place) -> None:
    await place.webhook()
    told = Reporter(place.house, "browser")
    await told.tell(send=True)
    refs = await place.house.database.read(lambda tx: tx.cases.refs())
    cases = [await place.house.database.read(lambda tx, r=ref: tx.cases.get(r)) for ref in refs]
    with structlog.testing.capture_logs() as logged:
        await place.look()
        await place.look(minutes=31)
    assert place.mail.taken
    assert place.receiver.got
    left = place.mail.heard.decode() + "".join(place.receiver.heard) + str(logged)
    assert cases
    for told_of in cases:
        assert told_of is not None
        for telling in (told_of.ref, told_of.ref[:6], told_of.theme.value, "new_case"):
            assert telling not in left
    for word in ("Sample", "site", "theme", "urgent", "retaliation", "http://127.0.0.1:0"):
        assert word not in left.replace(place.receiver.address, "")


async def test_a_webhook_gets_three_things_and_a_signature_that_can_be_checked(
    place: Place,
) -> None:
    hook = await place.webhook()
    await place.alert(place.asha)
    await place.look()
    ((headers, body),) = place.receiver.got
    assert set(json.loads(body)) == {"id", "kind", "day"}
    assert json.loads(body)["kind"] == "work_today"
    signed = headers["Gehoor-Timestamp"].encode() + b"." + body
    wanted = hmac.new(hook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(headers["Gehoor-Signature"], f"v1={wanted}")
    assert headers["Gehoor-Timestamp"] == str(int(START.timestamp()))
    assert set(headers) == {
        "Host",
        "User-Agent",
        "Content-Type",
        "Content-Length",
        "Connection",
        "Gehoor-Timestamp",
        "Gehoor-Signature",
    } - ({"Connection"} - set(headers))


async def test_work_that_is_not_for_today_leaves_at_a_moment_that_tells_little(
    place: Place,
) -> None:
    await place.webhook()
    await place.alert(place.asha, urgency=Urgency.NORMAL)
    assert await place.look() == 0
    assert await place.look(minutes=14) == 0
    assert await place.look(minutes=2) == 2
    assert timedelta(minutes=15) < HELD_BACK


async def test_one_email_speaks_for_all_work_that_comes_while_it_waits(place: Place) -> None:
    for _ in range(5):
        await place.alert(place.asha, urgency=Urgency.NORMAL)
        await place.look()
    assert len(await place.waiting()) == 1
    await place.alert(place.asha, urgency=Urgency.URGENT)
    assert await place.look() == 1
    (letter,) = place.mail.letters
    assert "today" in letter.get_content()
    await place.look(hours=1)
    assert len(place.mail.taken) == 1


async def test_the_operator_is_told_of_what_only_they_can_do(place: Place) -> None:
    await place.alert(kind=AlertKind.UNROUTED)
    await place.look()
    await place.look(minutes=31)
    (letter,) = place.mail.letters
    assert letter["To"] == "operator@speak.example"
    assert "Something waits for the operator." in letter.get_content()


async def test_who_has_no_address_or_has_left_gets_nothing_and_nothing_waits(
    place: Place,
) -> None:
    await place.alert(place.asha, place.ben, urgency=Urgency.NORMAL)
    await place.look()

    def leave(tx: SqlTransaction) -> None:
        set_mail(tx, "Asha", "")
        account = tx.accounts.get(place.ben.id)
        assert account is not None
        tx.accounts.put(replace(account, is_active=False))

    await place.house.database.transaction(leave)
    await place.look(hours=1)
    await place.alert(place.asha, place.ben)
    await place.look()
    assert place.mail.taken == []
    assert await place.waiting() == ()


async def test_answers_for_reporters_are_left_to_the_chat(place: Place) -> None:
    await place.alert(kind=AlertKind.ANSWER)
    await place.look()
    today = START.date()
    assert len(await place.house.database.read(lambda tx: tx.outbox.due(today))) == 1


# --- companies ---


async def test_a_company_hears_of_its_figures_and_summaries_and_of_no_case(place: Place) -> None:
    ours, theirs = new_id(), new_id()

    def companies(tx: SqlTransaction) -> None:
        tx.sites.put_organisation(organisation(id=ours))
        tx.sites.put_organisation(organisation(id=theirs))

    await place.house.database.transaction(companies)
    hook, other = await place.webhook(ours), await place.webhook(theirs)
    for kind in AlertKind:
        if kind is not AlertKind.SUMMARY_SHARED:
            await place.alert(place.asha, kind=kind)
    await place.look()
    assert await place.waiting(hook.id) == ()
    assert place.receiver.got == []

    await Reporter(place.house, "browser").tell(send=True)
    place.clock.now += timedelta(days=130)
    await release_quarters(place.house, place.clock.now.date())
    kinds = {each.notice for each in await place.waiting(hook.id)}
    assert kinds <= {Notice.FIGURES}
    assert {each.notice for each in await place.waiting(other.id)} == kinds


async def test_a_shared_summary_is_told_to_the_companies_of_its_case_alone(place: Place) -> None:
    ours, theirs = organisation(), organisation()
    filed = filing(case(organisation_ids=(ours.id,)))
    alert = Alert(
        kind=AlertKind.SUMMARY_SHARED, case_ref=filed.case.ref, urgency=filed.case.urgency
    )

    def share(tx: SqlTransaction) -> None:
        tx.sites.put_organisation(ours)
        tx.sites.put_organisation(theirs)
        tx.cases.add(filed)
        tx.outbox.put(alert, START.date())

    await place.house.database.transaction(share)
    hook, other, house = (
        await place.webhook(ours.id),
        await place.webhook(theirs.id),
        await place.webhook(),
    )
    await place.look()
    assert [each.notice for each in await place.waiting(hook.id)] == [Notice.SUMMARY]
    assert await place.waiting(other.id) == await place.waiting(house.id) == ()
    await place.look(minutes=31)
    assert [json.loads(body)["kind"] for _, body in place.receiver.got] == ["summary"]
    assert filed.case.ref not in "".join(place.receiver.heard)


async def test_officers_of_the_company_that_is_asked_are_told_to_sign_in_and_nobody_else(
    place: Place,
) -> None:
    ours, theirs = organisation(), organisation()
    filed = filing(case(organisation_ids=(ours.id, theirs.id)))
    maker = PeopleMaker(key_ring=place.house.key_ring, cost=TEST_COST)
    asked = Alert(
        kind=AlertKind.COMPANY_ASKED,
        case_ref=filed.case.ref,
        urgency=Urgency.URGENT,
        organisation_id=ours.id,
    )

    def begin(tx: SqlTransaction) -> None:
        tx.cases.add(filed)
        for company, name, language in (
            (ours, "Olga", "nl"),
            (ours, "Pia", "en"),
            (ours, "Gone", "en"),
            (ours, "Silent", "en"),
            (theirs, "Rival", "en"),
        ):
            tx.sites.put_organisation(company)
            new = maker.officer(name, "a long pass phrase", organisation=company, pages_in=language)
            keep_person(tx, new)
            if name != "Silent":
                set_mail(tx, name, f"{name.lower()}@company.example")
        retire(tx, "Gone")
        tx.outbox.put(asked, START.date())
        tx.outbox.put(asked, START.date())

    await place.house.database.transaction(begin)
    hook = await place.webhook(ours.id)
    other, own = await place.webhook(theirs.id), await place.webhook()
    await place.look()
    assert place.mail.letters == []  # they leave at a moment that tells little
    assert await place.waiting(other.id) == await place.waiting(own.id) == ()
    await place.look(minutes=31)
    found = {str(each["To"]): each for each in place.mail.letters}
    assert set(found) == {"olga@company.example", "pia@company.example"}
    assert len(place.mail.letters) == 2
    english = found["pia@company.example"]
    assert english["Subject"] == "Your company is asked something"
    assert english.get_content().splitlines() == [
        "Your company is asked something. Please sign in to read it and to answer.",
        "",
        "https://speak.example/company/requests",
        "",
        "Nobody reads answers to this message.",
    ]
    assert "Meld u aan" in found["olga@company.example"].get_content()
    assert {json.loads(body)["kind"] for _, body in place.receiver.got} == {"asked"}
    assert await place.waiting(hook.id) == ()
    said = "".join([*place.receiver.heard, *(each.as_string() for each in place.mail.letters)])
    assert filed.case.ref not in said


# --- faults ---


async def test_a_mail_server_that_is_down_for_a_day_loses_nothing(place: Place) -> None:
    await place.mail.stop()
    await place.alert(place.asha)
    await place.alert(place.ben)
    await place.for_hours(24)
    assert len(await place.waiting()) == 2
    await place.mail.start()
    await place.for_hours(8)
    assert sorted(str(each["To"]) for each in place.mail.letters) == [
        "asha@desk.example",
        "ben@desk.example",
    ]
    assert await place.waiting() == ()
    assert await place.dead() == ()


async def test_the_first_that_is_taken_again_wakes_all_that_waited(place: Place) -> None:
    await place.mail.stop()
    await place.alert(place.ben)
    await place.for_hours(24)
    await place.mail.start()
    await place.alert(place.asha)
    assert await place.look() >= 1
    await place.look(seconds=15)
    assert len(place.mail.taken) == 2


async def test_a_mail_server_that_is_down_is_asked_less_and_less(place: Place) -> None:
    place.mail.answers["MAIL"] = b"451 not now"
    for each in (place.asha, place.ben):
        await place.alert(each)
    await place.for_hours(24)
    assert 10 < place.mail.connections < 20
    assert place.mail.taken == []


async def test_one_mailbox_that_is_refused_keeps_no_other_waiting(place: Place) -> None:
    place.mail.answers["RCPT TO:<asha@"] = b"550 no such mailbox"
    await place.alert(place.asha, place.ben)
    assert await place.look() == 1
    (waits,) = await place.waiting()
    assert (waits.to, waits.fault) == (place.asha.id, DeliveryFault.REFUSED)


@pytest.mark.parametrize(
    ("line", "answer", "fault"),
    [
        ("EHLO", b"554 go away", DeliveryFault.UNWELL),
        ("MAIL", b"550 not you", DeliveryFault.SIGN_IN),
        ("DATA", b"452 full", DeliveryFault.UNWELL),
        ("DATA", b"550 no", DeliveryFault.REFUSED),
    ],
)
async def test_what_a_mail_server_says_is_understood_and_not_quoted(
    place: Place, line: str, answer: bytes, fault: DeliveryFault
) -> None:
    place.mail.answers[line] = answer
    place.mail.answers["HELO"] = answer
    await place.alert(place.asha)
    with structlog.testing.capture_logs() as logged:
        await place.look()
    (waits,) = await place.waiting()
    assert waits.fault is fault
    assert answer.decode() not in str(logged)
    assert "asha" not in str(logged)


async def test_a_mail_server_that_hangs_is_not_waited_for_long(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "SECONDS_A_STEP", 0.2)
    place.mail.hangs_at = "DATA"
    await place.alert(place.asha)
    await place.look()
    (waits,) = await place.waiting()
    assert waits.fault is DeliveryFault.LATE


async def test_a_mail_server_whose_certificate_nobody_vouches_for_gets_nothing(
    place: Place, tmp_path: Path
) -> None:
    server, trusted = certified(tmp_path)
    async with SmtpServer(tls=server) as strange:
        from service.delivering.addresses import read_server
        from service.delivering.letters import letter

        one = Delivery(
            id=new_id(), line=MAIL, notice=Notice.WORK, made_on=START.date(),
            changed_on=START.date(), to="asha",
        )  # fmt: skip
        message = letter(
            one, to="a@b.example", sender="c@d.example", language="en", link="https://e.example",
            now=START,
        )  # fmt: skip
        told = read_server(strange.url)
        assert await mailing.hand_in(told, message) is DeliveryFault.UNREACHABLE
        assert strange.heard == b""
        assert await mailing.hand_in(told, message, tls=trusted) is None
        assert len(strange.taken) == 1


async def test_a_server_elsewhere_that_offers_no_tls_is_told_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Played on loopback: what makes the difference is where the server is."""
    import service.delivering.addresses as addresses

    monkeypatch.setattr(addresses, "_LOOPBACK", frozenset())
    await place.alert(place.asha)
    await place.look()
    (waits,) = await place.waiting()
    assert waits.fault is DeliveryFault.UNREACHABLE
    assert b"asha" not in place.mail.heard


async def test_a_system_that_is_unwell_for_a_day_gets_everything_once_when_it_is_back(
    place: Place,
) -> None:
    hook = await place.webhook()
    place.receiver.status = 500
    for _ in range(3):
        await place.alert(place.asha)
    await place.for_hours(24)
    tried = len(place.receiver.got)
    assert 10 < tried < 25
    assert len(await place.waiting(hook.id)) == 3
    place.receiver.status = 200
    place.receiver.got.clear()
    await place.for_hours(8)
    assert len(place.receiver.ids) == len(set(place.receiver.ids)) == 3


async def test_after_two_days_it_is_dead_and_can_be_sent_again_under_its_id(place: Place) -> None:
    hook = await place.webhook()
    place.receiver.status = 503
    await place.alert(place.asha)
    await place.for_hours(60)
    assert await place.waiting(hook.id) == ()
    (dead,) = await place.dead()
    assert (dead.state, dead.fault) == (DeliveryState.DEAD, DeliveryFault.UNWELL)
    await forget_deliveries(place.house, place.clock.now.date() + timedelta(days=400))
    place.receiver.status = 204
    place.receiver.got.clear()
    today = place.clock.now.date()
    await place.house.database.transaction(lambda tx: tx.deliveries.again(dead.id, today))
    await place.look()
    assert place.receiver.ids == [dead.id]
    assert await place.dead() == ()


async def test_a_system_that_hangs_is_left_after_the_time_that_was_set_and_holds_up_no_email(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert postman_module.SECONDS_FOR_AN_ANSWER == 10
    monkeypatch.setattr(postman_module, "SECONDS_FOR_AN_ANSWER", 0.3)
    hook = await place.webhook()
    place.receiver.hang = True
    await place.alert(place.asha)
    assert await place.look() == 1
    assert len(place.mail.taken) == 1
    (waits,) = await place.waiting(hook.id)
    assert waits.fault is DeliveryFault.LATE


async def test_a_redirect_to_an_inner_address_is_not_followed(place: Place) -> None:
    inner = Receiver()
    await inner.start()
    try:
        hook = await place.webhook()
        place.receiver.status, place.receiver.location = 307, inner.address
        await place.alert(place.asha)
        await place.look()
        (waits,) = await place.waiting(hook.id)
        assert waits.fault is DeliveryFault.REDIRECTED
        assert inner.got == []
    finally:
        await inner.stop()


async def test_outside_of_a_trial_no_webhook_leads_to_this_machine(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_WEBHOOKS_TO_LOOPBACK", "false")
    real = replace(place.house, settings=read_settings())
    hook = await place.webhook(address=f"https://localhost:{place.receiver.port}/in")
    await place.alert(place.asha)
    await Postman(real).look()
    (waits,) = await place.waiting(hook.id)
    assert waits.fault is DeliveryFault.INNER_ADDRESS
    assert place.receiver.got == []


# --- several processes, and one that dies ---


async def test_whatever_the_number_of_processes_a_system_gets_one_post_at_a_time_and_each_once(
    place: Place,
) -> None:
    await place.webhook()
    place.receiver.pause = 0.02
    for _ in range(10):
        await place.alert(place.asha)
    crowd = [Postman(place.house, chance=lambda: 0.5) for _ in range(5)]
    for _ in range(3):
        await asyncio.gather(*(each.look() for each in crowd))
    assert place.receiver.most_at_once == 1
    assert len(place.receiver.ids) == len(set(place.receiver.ids)) == 10
    assert len(place.mail.taken) == 1


async def test_who_dies_between_sending_and_marking_is_followed_by_another_with_the_same_id(
    place: Place,
) -> None:
    hook = await place.webhook()
    await place.alert(place.asha)
    dying = asyncio.Event()
    place.receiver.on_post = dying.set
    place.receiver.pause = 0.2
    # As after SIGKILL: the post has arrived, its lease stands, and nobody marks or gives it back.
    killed = Postman(place.house)
    killed._mark = killed._put_off = _never  # type: ignore[method-assign,assignment]  # it dies there
    killed._release = _nothing  # type: ignore[method-assign]  # and gives nothing back
    task = asyncio.create_task(killed.look())
    await dying.wait()
    await task
    assert len(await place.waiting(hook.id)) == 1
    place.mail.taken.clear()
    await place.look()
    assert len(place.receiver.got) == 1
    await place.look(seconds=LEASE.total_seconds() + 1)
    assert len(place.receiver.got) == 2
    assert len(set(place.receiver.ids)) == 1
    assert len(place.mail.taken) == 1
    assert await place.waiting(hook.id) == ()


def _never(*_: object, **__: object) -> None:
    raise RuntimeError("killed")


async def _nothing(_line: str) -> None:
    return None


async def test_work_that_comes_while_an_email_is_on_its_way_is_told_of_anew(place: Place) -> None:
    await place.alert(place.asha)
    await place.look()
    sending = Postman(place.house)
    await place.alert(place.asha)
    real = sending._mark

    def meanwhile(tx: SqlTransaction, delivery: Delivery, is_first: bool) -> None:
        from register.deliveries import gathered

        tx.deliveries.replace(delivery, gathered(delivery, Notice.WORK))
        real(tx, delivery, is_first)

    sending._mark = meanwhile  # type: ignore[method-assign]  # something comes at that very moment
    await sending.look()
    await place.look()
    ids = [each["Message-ID"] for each in place.mail.letters]
    assert len(ids) == len(set(ids)) == 3
    assert await place.waiting() == ()


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, None),
        (204, None),
        (302, DeliveryFault.REDIRECTED),
        (400, DeliveryFault.REFUSED),
        (404, DeliveryFault.REFUSED),
        (429, DeliveryFault.UNWELL),
        (500, DeliveryFault.UNWELL),
        (599, DeliveryFault.UNWELL),
        (101, DeliveryFault.REFUSED),
    ],
)
def test_every_answer_means_something(status: int, fault: DeliveryFault | None) -> None:
    assert answer_of(status) is fault


# --- missed days ---


async def test_a_missed_day_is_told_to_the_team_once_and_stands_in_the_log(place: Place) -> None:
    await Reporter(place.house, "browser").tell(send=True)
    await place.look()
    await place.look(minutes=31)
    place.mail.taken.clear()
    for _ in range(8):
        place.clock.now += timedelta(days=1)
        await escalate_what_was_missed(place.house, place.clock.now.date())
        await place.look()
    assert len(place.mail.taken) == 2
    for _ in range(3):
        place.clock.now += timedelta(days=1)
        assert await escalate_what_was_missed(place.house, place.clock.now.date()) == 0
    (ref,) = await place.house.database.read(lambda tx: tx.cases.refs())
    log = await place.house.database.read(lambda tx: tx.log.of_case(ref))
    assert [each.action for each in log].count("escalated") == 1


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS with a certificate of its own for loopback, and a client that trusts it."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    public = folder / "public.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return server, ssl.create_default_context(cafile=str(public))
