"""The words of an e-mail: short, neutral, the same whatever happened (`register.deliveries`).

Nothing in them, nor in any header, tells which case it is, whose, where, or what about.
"""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from locales.catalogue import Catalogue, catalogue
from locales.files import Domain
from locales.marking import N_
from register.deliveries import Delivery, Notice

SUBJECT = N_("There is work for you")
WORK = N_("There is work for you on the desk.")
TODAY = N_("Please look today.")
SUBJECT_OPERATOR = N_("Gehoor needs its operator")
OPERATOR = N_("Something waits for the operator. The guide says what to look at.")
SUBJECT_ASKED = N_("Your company is asked something")
ASKED = N_("Your company is asked something. Please sign in to read it and to answer.")
NO_ANSWER = N_("Nobody reads answers to this message.")


def letter(
    delivery: Delivery, *, to: str, sender: str, language: str, link: str, now: datetime
) -> EmailMessage:
    """The e-mail. `link` leads to the desk, or to what a company is asked, and no further."""
    words = catalogue(language, Domain.DESK)
    made = EmailMessage()
    made["From"] = sender
    made["To"] = to
    made["Subject"] = words.text(_subject(delivery))
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{delivery.id}.{delivery.gathers}@{domain_of(sender)}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content("\n".join((*_lines(delivery, words), "", link, "", words.text(NO_ANSWER), "")))
    return made


def domain_of(sender: str) -> str:
    """The part behind the @."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _subject(delivery: Delivery) -> str:
    if delivery.to is None:
        return SUBJECT_OPERATOR
    return SUBJECT_ASKED if delivery.notice is Notice.ASKED else SUBJECT


def _lines(delivery: Delivery, words: Catalogue) -> tuple[str, ...]:
    if delivery.to is None:
        return (words.text(OPERATOR),)
    if delivery.notice is Notice.ASKED:
        return (words.text(ASKED),)
    if delivery.notice is Notice.WORK_TODAY:
        return words.text(WORK), words.text(TODAY)
    return (words.text(WORK),)
