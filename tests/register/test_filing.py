"""Filing: everything that was told is in the envelope, and in nothing else."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.submission import AccountEntry, Submission
from flows.values import Place, Scan, StoredFile, Text, Value
from register import log
from register.account import Account, dump_account, read_account
from register.alerts import AlertKind
from register.case import CaseStatus
from register.directory import SiteDirectory
from register.errors import UnreadableAccountError
from register.filing import Filing, Office, file
from register.keys import Keys
from register.particulars import Theme
from register.people import ConflictOfInterest, TieTo
from register.routing import Unroutable, Urgency
from register.sealed_parts import names_of
from register.sites import Organisation, Site, SupplyLink
from sealing.failures import NotAddressed
from sealing.identities import new_identity
from sealing.opening import open_part
from sealing.receipts import MintedReceipt, ReceiptTerms, derive, mint
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from tests.register.making import STAFF, handler

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
TERMS = ReceiptTerms(salt=b"salt of the tests", cost=TEST_COST)
IDENTITIES = {each.id: new_identity() for each in STAFF.handlers}
RECOVERY = new_identity(RecipientKind.RECOVERY)
KEYS = Keys(
    handlers={name: identity.recipient for name, identity in IDENTITIES.items()},
    recovery=RECOVERY.recipient,
)
SITES = SiteDirectory(
    [Site(id="s1", code="A1", name="Quarry", country="IN")],
    [Organisation(id="o1", name="One", employees=3, turnover_eur=5_000_000)],
    [SupplyLink(organisation_id="o1", site_id="s1")],
)
OFFICE = Office(staff=STAFF, keys=KEYS, sites=SITES)
SECRET = "The foreman locks the fire door"
PHOTO = StoredFile(
    blob="blob1",
    media_type="image/jpeg",
    size=3,
    name="door.jpg",
    key=b"k" * 32,
    cleaned=StoredFile(blob="blob2", media_type="image/jpeg", size=2, key=b"c" * 32),
    scan=Scan.CLEAN,
)


def entry(path: str, value: Value) -> AccountEntry:
    return AccountEntry(path=path, label=Text(msgid=f"What about {path}?"), value=value)


def submission(*entries: AccountEntry, **codes: Value) -> Submission:
    return Submission(
        flow="grievance", version=1, language="en", particulars=codes, account=entries
    )


def filed(
    sent: Submission, office: Office = OFFICE, receipt: MintedReceipt | None = None
) -> Filing:
    return file(
        sent,
        office,
        case_ref="case1",
        now=NOW,
        receipt=receipt or mint(TERMS),
        reporter_tag="tag1",
    )


def opened(filing: Filing, reader: str, part: str = "account") -> Account:
    names = names_of(part, filing.envelope.names)
    found = IDENTITIES[reader]
    return read_account(b"".join(open_part(filing.envelope, name, found) for name in names))


TOLD = submission(
    entry("what", SECRET),
    entry("photos", (PHOTO,)),
    entry("contact_name", "Mina Kaur"),
    entry("people[2].contact_reach", "+31 6 1234"),
    site="s1",
    theme="health_safety",
    danger="yes",
)


def test_a_submission_becomes_a_case() -> None:
    case = filed(TOLD).case
    assert (case.status, case.theme, case.site_id) == (
        CaseStatus.RECEIVED,
        Theme.HEALTH_SAFETY,
        "s1",
    )
    assert (case.urgency, case.team_id) == (Urgency.URGENT, "urgent")
    assert (case.organisation_ids, case.is_small_company) == (("o1",), True)
    assert (case.filed_on, case.due_on) == (date(2026, 11, 24), date(2026, 12, 1))


def test_the_readers_open_the_story_and_who_told_it() -> None:
    filing = filed(TOLD)
    story = opened(filing, "carl")
    assert [each.value for each in story.entries] == [SECRET, (PHOTO,)]
    assert story.told_at == NOW
    assert story.files[0].key == b"k" * 32
    identity = opened(filing, "carl", "identity")
    assert [each.value for each in identity.entries] == ["Mina Kaur", "+31 6 1234"]
    assert filing.blobs == ("blob1", "blob2")


def test_nobody_else_opens_anything() -> None:
    with pytest.raises(NotAddressed):
        opened(filed(TOLD), "asha")


def test_the_reporter_opens_their_story_and_the_identity_stays_with_the_readers() -> None:
    receipt = mint(TERMS)
    filing = filed(TOLD, receipt=receipt)
    key = derive(receipt.receipt, TERMS)
    assert key.lookup == filing.receipt_lookup
    assert read_account(key.read(filing.envelope, "account")).entries[0].value == SECRET
    with pytest.raises(NotAddressed):
        key.read(filing.envelope, "identity")


def test_without_contact_answers_there_is_no_identity_part() -> None:
    assert filed(submission(entry("what", SECRET))).envelope.names == ("account",)


def test_no_word_of_the_reporter_is_outside_the_envelope() -> None:
    filing = filed(TOLD)
    shown = repr(replace(filing)) + repr(filing.case) + repr(TOLD)
    for word in (SECRET, "Mina", "1234", "door.jpg", "23:30", filing.receipt_lookup, "tag1"):
        assert word not in shown
    assert SECRET.encode() not in filing.envelope.encode()


def test_a_conflicted_handler_is_no_recipient_of_the_envelope() -> None:
    tie = ConflictOfInterest(tie=TieTo.SITE, subject="s1", declared_on=NOW.date())
    staff = replace(STAFF, handlers=(handler("carl", "urgent", ties=(tie,)), *STAFF.handlers[3:]))
    filing = filed(TOLD, replace(OFFICE, staff=staff))
    assert filing.case.handler_ids == ("dina",)
    assert filing.case.kept_out_ids == ("carl",)
    with pytest.raises(NotAddressed):
        opened(filing, "carl")
    assert [each.action for each in filing.entries] == ["filed", "kept_out"]
    assert filing.entries[1].subject == "carl"
    assert filing.entries[1].reason == "conflict_of_interest"


def test_a_handler_whom_the_account_names_is_no_recipient() -> None:
    filing = filed(submission(entry("what", "It was Carl Example"), danger="yes"))
    assert filing.case.handler_ids == ("dina",)


def test_a_handler_named_among_the_contacts_is_no_recipient_either() -> None:
    filing = filed(submission(entry("contact_name", "carl example"), danger="yes"))
    assert filing.case.handler_ids == ("dina",)


def test_a_handler_without_a_key_is_passed_over() -> None:
    keys = replace(KEYS, handlers={"asha": KEYS.handlers["asha"]})
    filing = filed(submission(), replace(OFFICE, keys=keys))
    assert filing.case.handler_ids == ("asha",)


def test_when_everybody_is_out_the_recovery_key_opens_it_and_the_operator_hears() -> None:
    keys = replace(KEYS, handlers={})
    filing = filed(TOLD, replace(OFFICE, keys=keys))
    assert filing.routing.unroutable is Unroutable.NO_TEAM
    assert [alert.kind for alert in filing.alerts] == [AlertKind.UNROUTED]
    assert filing.alerts[0].to == ()
    assert SECRET.encode() in open_part(filing.envelope, "account", RECOVERY)


def test_the_log_begins_whole() -> None:
    filing = filed(TOLD)
    assert log.verify(filing.entries, "case1", filing.case.log) == ()


def test_the_promise_is_known_at_once() -> None:
    promised = filed(TOLD).promise
    assert (promised.acknowledge_by, promised.feedback_by) == (
        date(2026, 12, 1),
        date(2027, 3, 1),
    )


def test_coded_answers_that_do_not_fit_are_sealed_and_the_reporter_is_not_stopped() -> None:
    filing = filed(submission(theme="no_such", site="nowhere", workers="12", danger=3))
    assert (filing.case.theme, filing.case.site_id) == (Theme.OTHER, None)
    kept = {each.path: each.value for each in opened(filing, "asha").entries}
    assert kept == {"theme": "no_such", "site": "nowhere", "workers": "12", "danger": 3}
    assert AlertKind.FLOW_MISFIT in {alert.kind for alert in filing.alerts}


def test_a_further_code_of_a_flow_is_no_misfit() -> None:
    filing = filed(submission(gravity="3"))
    assert [alert.kind for alert in filing.alerts] == [AlertKind.NEW_CASE]


def test_a_very_long_account_is_sealed_whole() -> None:
    words = [f"{number}" + "长" * 9_999 for number in range(60)]
    filing = filed(submission(*(entry(f"q{at}", each) for at, each in enumerate(words))))
    assert len(filing.envelope.names) > 1
    assert [each.value for each in opened(filing, "asha").entries] == words


def test_alerts_name_readers_and_nothing_else() -> None:
    alert = filed(TOLD).alerts[0]
    assert (alert.kind, alert.to, alert.urgency) == (
        AlertKind.NEW_CASE,
        ("carl", "dina"),
        Urgency.URGENT,
    )


def test_a_teams_key_is_never_among_the_keys() -> None:
    team = new_identity(RecipientKind.TEAM).recipient
    with pytest.raises(ValueError, match="one by one"):
        Keys(handlers={"asha": team}, recovery=RECOVERY.recipient)
    with pytest.raises(ValueError, match="recovery"):
        Keys(handlers={}, recovery=team)


VALUES = st.sampled_from(
    [
        "words",
        "",
        12,
        -(2**70),
        Decimal("1.50"),
        date(2026, 1, 31),
        time(23, 59),
        datetime(2026, 1, 1, 12, 30, tzinfo=UTC),
        Place(latitude=1.5, longitude=-2.25, accuracy=3.0),
        ("one", "two"),
        (),
        (PHOTO, PHOTO),
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(VALUES, max_size=6))
def test_an_account_reads_as_it_was_written(values: list[Value]) -> None:
    label = Text(msgid="Who is ${name}?", values={"name": "X", "n": Text(msgid="m")})
    account = Account(
        flow="f",
        version=3,
        language="hi",
        told_at=NOW,
        entries=tuple(
            AccountEntry(path=f"p[{at}].q", label=label, value=value, choices=(label,))
            for at, value in enumerate(values)
        ),
    )
    assert read_account(dump_account(account)) == account


def test_half_a_character_loses_no_account() -> None:
    account = Account(flow="f", version=1, language="en", entries=(entry("q", "a\ud83d b"),))
    assert read_account(dump_account(account)).entries[0].value == "a? b"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"v": 2}',
        b'{"v": 1, "flow": "f", "version": 1, "language": "en", "told_at": 5, "entries": []}',
        orjson.dumps(
            {
                "v": 1,
                "flow": "f",
                "version": 1,
                "language": "en",
                "told_at": None,
                "entries": [{"path": "p", "label": {}, "value": ["my secret", 1], "choices": []}],
            }
        ),
    ],
)
def test_what_is_no_account_is_refused_without_repeating_it(data: bytes) -> None:
    with pytest.raises(UnreadableAccountError) as refused:
        read_account(data)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_file_keys_are_kept_as_bytes() -> None:
    account = Account(flow="f", version=1, language="en", entries=(entry("q", (PHOTO,)),))
    assert base64.b64encode(b"k" * 32) in dump_account(account)
