"""Whom the words of a case name, looked for once more when somebody new is to read it.

When a case is filed its words are compared with the names of those who are there then
(`register.filing`). Somebody who begins later was not among them. So before a case goes to anybody
else, what was told, who told it, and what the reporter wrote since are looked through with the key
that hands it on. Nothing of the words leaves this module. Used by the desk, by `gehoor recover` and
by `service.reading_along`.
"""

from collections.abc import Iterator
from datetime import date

from register.account import Account
from register.case import Case
from register.conflicts import Exclusion, named_in
from register.log import LogEntry
from register.people import Staff
from register.readers import keep_out
from sealing.identities import Identity
from web.desk.reading import Unopened, open_account, open_identity, open_letters, open_tellers
from web.desk.resealing import SealedCase


def named_by(
    sealed: SealedCase, identity: Identity, staff: Staff, today: date
) -> tuple[Exclusion, ...] | Unopened:
    """Everybody of the staff whom its words name; `Unopened` where they cannot be looked through.

    Who told it is passed over where the key does not open that: whoever hears an appeal is not
    shown it either.
    """
    told = open_account(sealed.envelope, identity)
    if isinstance(told, Unopened):
        return told
    return named_in(_words(told, sealed, identity), staff, today)


def without_named(
    case: Case, sealed: SealedCase, identity: Identity, staff: Staff, today: date
) -> tuple[Case, tuple[LogEntry, ...]]:
    """The case, with whomever its words name and who does not read it yet kept out of it.

    The entries say who; they are kept before that of whoever hands the case on.
    """
    named = named_by(sealed, identity, staff, today)
    if isinstance(named, Unopened):
        return case, ()  # sealing it anew says so
    known = {*case.handler_ids, *case.kept_out_ids, *case.earlier_handler_ids}
    entries: tuple[LogEntry, ...] = ()
    for handler_id in sorted({each.handler_id for each in named} - known):
        case, entry = keep_out(case, handler_id, today)
        entries = (*entries, entry)
    return case, entries


def _words(told: Account, sealed: SealedCase, identity: Identity) -> Iterator[str]:
    yield from told.words
    teller = open_identity(sealed.envelope, identity)
    if isinstance(teller, Account):
        yield from teller.words
    letters = tuple(each for each in sealed.letters if each.is_from_reporter)
    for each in (*open_letters(letters, identity), *open_tellers(letters, identity)):
        if each.content is not None:
            yield from each.content.words
