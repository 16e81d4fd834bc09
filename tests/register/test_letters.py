"""Letters: sealed both ways, and what they may change of a case."""

from dataclasses import replace

import pytest

from flows.submission import AccountEntry
from flows.values import Text
from register import log
from register.account import Account, message, read_account
from register.case import Actor
from register.helping import Helper
from register.keys import Keys
from register.letters import LetterRefusal, LetterRefused, Sent, write, write_back
from register.particulars import AnonymityLevel, Danger, Particulars
from register.people import Role
from register.routing import Urgency
from sealing.failures import NoSuchPart, NotAddressed
from sealing.identities import new_identity
from sealing.opening import open_part
from sealing.receipts import ReceiptTerms, derive, mint
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from tests.register.making import APPEAL_HANDLER, HANDLER, OFFICER, TODAY, case

TERMS = ReceiptTerms(salt=b"salt of the tests", cost=TEST_COST)
RECEIPT = mint(TERMS)
REPORTER_KEY = derive(RECEIPT.receipt, TERMS)
ASHA, ZOE, STRANGER = new_identity(), new_identity(), new_identity()
KEYS = Keys(
    handlers={"asha": ASHA.recipient, "zoe": ZOE.recipient, "x": STRANGER.recipient},
    recovery=new_identity(RecipientKind.RECOVERY).recipient,
)
WORDS = message("We have asked for the key of the door", language="en")


def written(actor: Actor = HANDLER, **more: object) -> Sent | LetterRefused:
    return write(
        case(**more),
        WORDS,
        actor,
        TODAY,
        letter_id="letter1",
        keys=KEYS,
        reporter=RECEIPT.recipient,
    )


def heard(**codes: str) -> Sent:
    return write_back(
        case(),
        WORDS,
        TODAY,
        letter_id="letter2",
        keys=KEYS,
        reporter=RECEIPT.recipient,
        codes=codes,
    )


def test_a_letter_opens_for_the_readers_and_the_receipt_and_for_nobody_else() -> None:
    sent = written()
    assert isinstance(sent, Sent)
    for content in (
        REPORTER_KEY.read(sent.letter.envelope, sent.letter.part),
        open_part(sent.letter.envelope, sent.letter.part, ASHA),
    ):
        assert read_account(content) == WORDS
    with pytest.raises(NotAddressed):
        open_part(sent.letter.envelope, sent.letter.part, STRANGER)


def test_a_letter_cannot_be_put_in_anothers_place() -> None:
    sent, other = written(), heard()
    assert isinstance(sent, Sent)
    with pytest.raises(NoSuchPart):
        REPORTER_KEY.read(other.letter.envelope, sent.letter.part)


def test_a_letter_is_logged_without_its_words() -> None:
    sent = written()
    assert isinstance(sent, Sent)
    assert (sent.entry.action, sent.entry.subject) == ("letter_to_reporter", "letter1")
    assert log.verify([sent.entry], sent.case.ref, sent.case.log) == ()
    assert "door" not in repr(sent)


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (OFFICER, LetterRefusal.NOT_YOUR_ROLE),
        (Actor(role=Role.HANDLER, id="x"), LetterRefusal.NOT_YOUR_CASE),
    ],
)
def test_only_the_cases_handlers_write(actor: Actor, reason: LetterRefusal) -> None:
    assert written(actor) == LetterRefused(reason=reason)


def test_while_an_appeal_runs_only_those_who_hear_it_write() -> None:
    assert written(appealed_on=TODAY) == LetterRefused(reason=LetterRefusal.ON_APPEAL)
    assert isinstance(written(APPEAL_HANDLER, appealed_on=TODAY), Sent)


def test_a_letter_to_the_reporter_alerts_nobody_whatever_was_wished() -> None:
    for wished in (False, True):
        sent = written(particulars=Particulars(wants_ping=wished))
        assert isinstance(sent, Sent)
        assert sent.alerts == ()


def test_news_of_danger_raises_the_urgency_and_nothing_lowers_it() -> None:
    raised = heard(danger="yes")
    assert raised.case.urgency is Urgency.URGENT
    assert raised.alerts[0].urgency is Urgency.URGENT
    assert raised.alerts[0].to == ("asha", "zoe")
    calmed = write_back(
        raised.case,
        WORDS,
        TODAY,
        letter_id="letter3",
        keys=KEYS,
        reporter=RECEIPT.recipient,
        codes={"danger": "no"},
    )
    assert calmed.case.urgency is Urgency.URGENT
    assert calmed.case.particulars.danger is Danger.NO


def test_how_anonymous_they_are_is_as_the_reporter_says_last() -> None:
    assert heard(anonymity="confidential").case.anonymity is AnonymityLevel.CONFIDENTIAL
    open_case = replace(case(), particulars=Particulars(anonymity=AnonymityLevel.OPEN))
    kept = write_back(
        open_case,
        WORDS,
        TODAY,
        letter_id="letter3",
        keys=KEYS,
        reporter=RECEIPT.recipient,
    )
    assert kept.case.anonymity is AnonymityLevel.OPEN


def test_a_wrong_or_foreign_code_changes_nothing_and_loses_no_letter() -> None:
    sent = heard(danger="perhaps", theme="child_labour", site="s9")
    assert sent.case.particulars == case().particulars
    assert read_account(REPORTER_KEY.read(sent.letter.envelope, sent.letter.part)) == WORDS


NAMED = Account(
    flow="follow_up",
    version=2,
    language="en",
    entries=(
        AccountEntry(path="message", label=Text(msgid="Message"), value="It goes on."),
        AccountEntry(path="contact_name", label=Text(msgid="Your name"), value="Ravi Kumar"),
    ),
)


def test_who_the_reporter_is_lies_apart_for_handlers_alone() -> None:
    helper = mint(TERMS)
    sent = write_back(
        case(),
        NAMED,
        TODAY,
        letter_id="letter3",
        keys=KEYS,
        reporter=RECEIPT.recipient,
        helpers=[Helper(case_ref=case().ref, lookup="x", recipient=helper.recipient, since=TODAY)],
    )
    letter = sent.letter
    assert letter.has_teller
    told = read_account(open_part(letter.envelope, letter.teller_part, ASHA))
    assert told.words == ("Ravi Kumar",)
    assert b"Ravi" not in REPORTER_KEY.read(letter.envelope, letter.part)
    for key in (REPORTER_KEY, derive(helper.receipt, TERMS)):
        assert key.can_read(letter.envelope, letter.part)
        assert not key.can_read(letter.envelope, letter.teller_part)
    without = letter.without_teller()
    assert not without.has_teller
    assert without.story_names == letter.story_names
