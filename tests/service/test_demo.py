"""The sample installation as a visitor finds it. One is made for all tests; it takes seconds."""

import os
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.request import urlopen

import pyotp
import pytest

from accounts.account import AccountRole, digest_of_name
from accounts.second_factor import step_of
from consultations.invitation import Invitation, check
from consultations.round import RoundStatus
from intake.reporter_side import case_shown
from locales.languages import LANGUAGES
from monitoring.overview.company import CompanyView, company_view
from monitoring.overview.scores import score_of
from register.case import Case, CaseStatus
from register.log import verify
from register.other_side import ExtractState, extract_of
from register.particulars import Theme
from register.requests import Request, RequestState
from sealing.identifiers import digest_token
from sealing.identities import Identity, unlock
from sealing.opening import open_part
from sealing.passphrases import Verdict, verify_passphrase
from sealing.receipts import Receipt, ReceiptTerms, ReporterKey, derive, parse_receipt
from sealing.recovery import read_recovery_text
from sealing.stretching import TEST_COST
from service.demo.card import FILE, Card, Login, begin_card, read_card
from service.demo.command import codes, demo_settings, prepare, refuse_what_is_no_sample
from service.demo.holding import holding
from service.demo.making import make_sample
from service.demo.naming import SAMPLE_MARKS, sample_id
from service.demo.printing import card_lines
from service.foundations import Records, records
from service.refusals import Refused
from service.settings import Settings
from storage.transaction import SqlTransaction
from tests.shipped import FRAMEWORK

TODAY = date(2026, 11, 20)
COMPANY = sample_id("company", "noordersteen")
Result = TypeVar("Result")


class Sample(NamedTuple):
    """What a test looks at."""

    settings: Settings
    card: Card
    kept: Records

    def read(self, work: Callable[[SqlTransaction], Result]) -> Result:
        return self.kept.read(work)

    def cases(self) -> list[Case]:
        def work(tx: SqlTransaction) -> list[Case]:
            return [case for ref in tx.cases.refs() if (case := tx.cases.get(ref))]

        return self.read(work)

    def company(self) -> CompanyView:
        view = self.read(lambda tx: company_view(tx, COMPANY, TODAY))
        assert view is not None
        return view

    def login(self, name: str) -> Login:
        return next(each for each in self.card.logins if each.name == name)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    settings = demo_settings({"GEHOOR_HOME": str(tmp_path_factory.mktemp("demo") / "home")})
    card = make_sample(settings, TODAY, cost=TEST_COST)
    with records(settings) as kept:
        yield Sample(settings, card, kept)


def _key(sample: Sample, number: int) -> ReporterKey:
    terms = ReceiptTerms(salt=sample.kept.key_ring.salt("receipts"), cost=TEST_COST)
    receipt = parse_receipt(sample.card.receipts[number].receipt)
    assert isinstance(receipt, Receipt)
    return derive(receipt, terms)


# --- what happened ---


def test_cases_came_in_in_every_language(sample: Sample) -> None:
    told = Counter(case.language for case in sample.cases())
    assert set(told) == {language.code for language in LANGUAGES}
    assert sum(told.values()) > 100


def test_there_is_a_case_in_every_state_and_some_are_overdue(sample: Sample) -> None:
    assert {case.status for case in sample.cases()} == set(CaseStatus)
    assert len(sample.read(lambda tx: tx.cases.due_before(TODAY))) > 5


def test_handlers_classified_planned_and_proposed(sample: Sample) -> None:
    cases = sample.cases()
    assert sum(case.classification is not None for case in cases) > 10
    assert any(case.proposal is not None for case in cases)
    measures = [measure for case in cases for measure in case.measures]
    assert any(measure.judged for measure in measures)
    assert any(measure.done_on is None for measure in measures)
    assert any(case.satisfaction for case in cases)


def test_companies_were_asked_and_answered_some_of_it(sample: Sample) -> None:
    def asked(tx: SqlTransaction) -> list[Request]:
        return [each for ref in tx.cases.refs() for each in tx.requests.of_case(ref)]

    requests = sample.read(asked)
    assert any(each.answers for each in requests)
    assert any(each.state is RequestState.OPEN for each in requests)


def test_reporters_were_asked_what_the_other_side_may_hear(sample: Sample) -> None:
    logs = sample.read(lambda tx: [tx.log.of_case(ref) for ref in tx.cases.refs()])
    states = {extract.state for each in logs if (extract := extract_of(each))}
    assert {ExtractState.ASKED, ExtractState.TOLD} <= states


def test_the_log_of_every_case_is_whole(sample: Sample) -> None:
    def faults(tx: SqlTransaction) -> list[object]:
        return [
            fault
            for ref in tx.cases.refs()
            if (case := tx.cases.get(ref))
            for fault in verify(tx.log.of_case(ref), ref, case.log)
        ]

    assert sample.read(faults) == []


def test_a_handler_with_a_tie_to_a_site_reads_none_of_its_cases(sample: Sample) -> None:
    tied, site = sample_id("handler", "lin"), sample_id("site", "FJ2")
    cases = [case for case in sample.cases() if case.site_id == site]
    assert cases
    assert all(tied not in case.handler_ids and tied in case.kept_out_ids for case in cases)


def test_an_appeal_is_with_others_who_alone_can_open_the_case(sample: Sample) -> None:
    appealed = next(case for case in sample.cases() if case.is_on_appeal)
    assert appealed.handler_ids == (sample_id("handler", "petra"),)
    envelope = sample.read(lambda tx: tx.cases.envelope(appealed.ref))
    identity = _unlocked(sample, "petra")
    assert open_part(envelope, "account", identity)
    keys = sample.read(lambda tx: tx.people.keys())
    earlier = {keys.handlers[each].id for each in appealed.earlier_handler_ids}
    assert earlier.isdisjoint(envelope.part("account").recipient_ids)


# --- what a visitor does with the card ---


def test_every_receipt_on_the_card_opens_a_case_with_a_letter(sample: Sample) -> None:
    for number in range(len(sample.card.receipts)):
        key = _key(sample, number)

        def shown(tx: SqlTransaction, key: ReporterKey = key) -> bool:
            case = tx.cases.get(tx.cases.by_receipt(key.lookup) or "")
            assert case is not None
            letters = case_shown(tx, case, key, case.moved_on).letters
            return any(letter.text and not letter.is_mine for letter in letters)

        assert sample.read(shown), sample.card.receipts[number].what


def test_everybody_on_the_card_can_sign_in(sample: Sample) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for login in sample.card.logins:
        digest = digest_of_name(sample.kept.key_ring, login.name)
        account = sample.read(lambda tx, digest=digest: tx.accounts.by_name(digest))
        assert account is not None
        assert (
            verify_passphrase(account.passphrase_hash, login.passphrase, TEST_COST) is Verdict.RIGHT
        )
        assert step_of(account.totp_secret, pyotp.TOTP(login.totp_secret).at(now), now)


def test_a_handlers_pass_phrase_unlocks_the_key_that_cases_are_sealed_to(sample: Sample) -> None:
    identity = _unlocked(sample, "asha")
    keys = sample.read(lambda tx: tx.people.keys())
    assert keys.handlers[sample_id("handler", "asha")] == identity.recipient


def test_the_personal_link_opens_the_round_that_is_open(sample: Sample) -> None:
    (shown,) = sample.card.invitations

    def opened(tx: SqlTransaction) -> object:
        invitation = tx.invitations.by_token(digest_token(shown.token))
        round_ = tx.rounds.get(invitation.round_id) if invitation else None
        return check(shown.token, invitation, round_, TODAY)

    assert isinstance(sample.read(opened), Invitation)


def test_the_recovery_key_on_the_card_is_the_installations(sample: Sample) -> None:
    identity = read_recovery_text(sample.card.recovery)
    assert isinstance(identity, Identity)
    assert identity.recipient == sample.read(lambda tx: tx.people.keys()).recovery


def test_the_card_says_first_that_all_is_invented(sample: Sample) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    lines = [line for line in card_lines(sample.card, "http://127.0.0.1:8080", now) if line]
    assert lines[0].startswith("SAMPLE DATA.")


def test_whatever_has_a_name_says_that_it_is_a_sample(sample: Sample) -> None:
    def names(tx: SqlTransaction) -> list[str]:
        sites = [
            name for each in tx.sites.sites() for name in (each.name, *each.local_names.values())
        ]
        staff = [each.name for each in tx.people.staff().handlers]
        return [*sites, *staff, *(each.name for each in tx.sites.organisations())]

    marks = tuple(f"({mark})" for mark in SAMPLE_MARKS.values())
    assert all(name.endswith(marks) for name in sample.read(names))


def test_a_sample_of_another_day_says_so(sample: Sample) -> None:
    now = datetime(2027, 2, 1, 12, tzinfo=UTC)
    assert any("--fresh" in line for line in card_lines(sample.card, "http://127.0.0.1", now))


def test_codes_are_shown_again_while_it_is_served(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_HOME", str(sample.settings.home))
    said: list[str] = []
    codes(said.append)
    assert [line.split()[0] for line in said] == [login.name for login in sample.card.logins]


def test_the_command_serves_the_sample_and_stops_when_told(sample: Sample) -> None:
    environment = {
        **os.environ,
        "GEHOOR_HOME": str(sample.settings.home),
        "GEHOOR_WEB_PORT": "0",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from service.command_line import main; main()", "demo"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        where = next(line for line in served.stdout if line.startswith("Gehoor is at "))
        address = where.split()[3].rstrip(".")
        with urlopen(f"{address}/healthz") as answer:
            assert answer.status == 200
        served.terminate()
        assert served.wait(timeout=120) == 0


# --- what officers find ---


def test_a_company_sees_released_numbers_and_not_the_hidden_ones(sample: Sample) -> None:
    # Which numbers go besides, so that none can be worked out, depends on the installation's
    # secret: at times that of the dust is one of them.
    quarter = sample.company().quarters[0]
    dust = f"site:{sample_id('site', 'RJ1')}"
    water = f"site:{sample_id('site', 'ES1')}"
    land = f"site:{sample_id('site', 'KA1')}"
    union = f"site:{sample_id('site', 'FJ1')}"
    assert quarter.number(dust, Theme.HEALTH_SAFETY) in {12, None}
    assert quarter.number(union, Theme.FREEDOM_OF_ASSOCIATION) is None
    assert quarter.number(water, Theme.LIVING_ENVIRONMENT) == 8
    assert quarter.number(land, Theme.LAND_RIGHTS) == 6
    told = [
        case
        for case in sample.cases()
        if case.site_id == sample_id("site", "FJ1") and case.theme is Theme.FREEDOM_OF_ASSOCIATION
    ]
    assert len(told) == 3


def test_every_page_of_an_officer_has_something_to_show(sample: Sample) -> None:
    view = sample.company()
    assert view.findings
    assert view.unheard
    assert view.summaries
    assert any(finding.judgements for finding in view.findings)
    assert any(finding.involvement for finding in view.findings)
    assert any(finding.ratings for finding in view.findings)
    assert {each.round.status for each in view.rounds} == {RoundStatus.OPEN, RoundStatus.ANSWERED}


def test_participants_of_the_open_round_do_not_agree(sample: Sample) -> None:
    finding = sample.read(
        lambda tx: tx.findings.get(f"{sample_id('site', 'RJ1')}.{Theme.HEALTH_SAFETY}")
    )
    assert finding is not None
    assert finding.dissent


@pytest.mark.parametrize("company", ["noordersteen", "keiklinker", "maasblok"])
def test_the_score_is_neither_nothing_nor_everything(sample: Sample, company: str) -> None:
    report = sample.read(lambda tx: score_of(tx, sample_id("company", company), FRAMEWORK, TODAY))
    assert report is not None
    assert 10 < report.score.percent < 90


# --- making it ---


def test_the_same_day_makes_the_same_sample(sample: Sample, tmp_path: Path) -> None:
    settings = demo_settings({"GEHOOR_HOME": str(tmp_path / "again")})
    card = make_sample(settings, TODAY, cost=TEST_COST)
    with records(settings) as kept:
        again = Sample(settings, card, kept)
        assert _outline(again) == _outline(sample)
        assert card.recovery != sample.card.recovery


def test_a_second_start_makes_nothing(sample: Sample) -> None:
    said: list[str] = []
    assert prepare(sample.settings, said.append) == sample.card
    assert said == []


def test_a_card_is_for_its_owner_alone(sample: Sample) -> None:
    path = sample.settings.home / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(login.passphrase not in repr(sample.card) for login in sample.card.logins)


def test_a_making_that_broke_off_is_no_sample_yet(tmp_path: Path) -> None:
    begin_card(tmp_path)
    assert read_card(tmp_path) is None
    refuse_what_is_no_sample(tmp_path)


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gehoor.db").write_bytes(b"real")
    with pytest.raises(Refused, match="no sample"):
        refuse_what_is_no_sample(tmp_path)
    assert (tmp_path / "gehoor.db").read_bytes() == b"real"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    refuse_what_is_no_sample(tmp_path)
    with holding(tmp_path):
        refuse_what_is_no_sample(tmp_path)


def test_one_process_at_a_time_is_in_a_sample(tmp_path: Path) -> None:
    with holding(tmp_path), pytest.raises(Refused, match="at work"), holding(tmp_path):
        pass
    with holding(tmp_path):
        pass


@pytest.mark.parametrize(
    ("name", "value"),
    [("GEHOOR_DATABASE_URL", "postgresql://localhost/real"), ("GEHOOR_WEB_HOST", "0.0.0.0")],
)
def test_the_sample_is_kept_from_real_databases_and_from_the_network(name: str, value: str) -> None:
    with pytest.raises(Refused, match=name):
        demo_settings({name: value})


def _unlocked(sample: Sample, name: str) -> Identity:
    login = sample.login(name)
    account = sample.read(lambda tx: tx.accounts.get(sample_id("handler", name)))
    assert account is not None
    assert account.role is AccountRole.HANDLER
    identity = unlock(account.wrapped_identity or b"", login.passphrase)
    assert isinstance(identity, Identity)
    return identity


def _outline(sample: Sample) -> list[object]:
    """Everything of the cases that is no key and no random id."""

    def work(tx: SqlTransaction) -> list[object]:
        outline: list[object] = []
        for case in sample.cases():
            steps = [(entry.day, entry.action) for entry in tx.log.of_case(case.ref)]
            outline.append((case.ref, case.status, case.handler_ids, case.particulars, steps))
        return outline

    return [*sample.read(work), sample.company().quarters[0].limits, _days_of_rounds(sample)]


def _days_of_rounds(sample: Sample) -> list[tuple[str, timedelta]]:
    rounds = sample.read(lambda tx: tx.rounds.of_organisation(COMPANY))
    return [(each.id, (each.closes or TODAY) - TODAY) for each in rounds]
