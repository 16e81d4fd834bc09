"""Everything of a case sealed anew to other readers: one way, for the desk and for recovery.

Called by `web.desk.handing_on` with a reader's key, and by `service.recovering` with the recovery
key. Who the readers are is decided elsewhere; here it is decided what they get:

- what was told, the letters and the summary, always; the reporter keeps what was theirs to read;
- who told it, and what handlers wrote for each other, unless the case was appealed. Those who hear
  an appeal do not get the word of those who are appealed against, nor learn who appeals: the
  reporter may say it again. So these stay as they are, whichever key is at hand (G15).

What the key at hand does not open cannot be passed on and stays as it is, too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from intake.ports import Transaction
from register.case import Case
from register.errors import StaleCaseError
from register.handover import HandedOver
from register.helping import Helper, with_helpers
from register.keys import Keys
from register.letters import Letter
from register.papers import Paper
from register.sealed_parts import ACCOUNT, names_of
from register.summary import Summary
from sealing.envelope import SealedEnvelope
from sealing.identities import Identity
from sealing.opening import can_open, rewrap
from sealing.recipients import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCase:
    """Everything of a case that is sealed to its readers."""

    envelope: SealedEnvelope
    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    summary: Summary | None
    reporter: Recipient
    helpers: tuple[Helper, ...]


def sealed_case(tx: Transaction, ref: str) -> SealedCase:
    """As it is kept now."""
    return SealedCase(
        envelope=tx.cases.envelope(ref),
        letters=tx.letters.of_case(ref),
        papers=tx.papers.of_case(ref),
        summary=tx.summaries.of_case(ref),
        reporter=tx.cases.reporter(ref),
        helpers=tx.helpers.of_case(ref),
    )


def sealed_anew(sealed: SealedCase, case: Case, keys: Keys, identity: Identity) -> SealedCase:
    """Sealed to the readers that the case has now."""
    readers = keys.of(case.handler_ids)
    with_reporter = keys.of(case.handler_ids, sealed.reporter)
    earlier = frozenset(case.earlier_handler_ids)
    story = names_of(ACCOUNT, sealed.envelope.names)
    envelope = rewrap(sealed.envelope, identity, with_reporter, parts=story)
    others = () if earlier else _opened(envelope, story, identity)
    return replace(
        sealed,
        envelope=rewrap(envelope, identity, readers, parts=others) if others else envelope,
        letters=tuple(
            _letter(
                each,
                with_helpers(with_reporter, each.envelope, sealed.helpers),
                case,
                keys,
                identity,
            )
            for each in sealed.letters
        ),
        papers=tuple(
            replace(each, envelope=rewrap(each.envelope, identity, readers))
            for each in sealed.papers
            if each.author_id not in earlier and can_open(each.envelope, each.part, identity)
        ),
        summary=sealed.summary
        and replace(
            sealed.summary, envelope=rewrap(sealed.summary.envelope, identity, with_reporter)
        ),
    )


def keep_sealed(tx: Transaction, handed: HandedOver, sealed: SealedCase) -> None:
    """Stores the case with its new readers. Raises `StaleCaseError` where somebody was faster."""
    # First: it refuses where somebody changed the case since it was read.
    tx.cases.keep(handed.case, *handed.before, handed.entry)
    tx.cases.replace_envelope(sealed.envelope)
    for letter in sealed.letters:
        tx.letters.replace(letter)
    for paper in sealed.papers:
        tx.papers.replace(paper)
    if _version(tx.summaries.of_case(handed.case.ref)) != _version(sealed.summary):
        raise StaleCaseError("somebody drafted another summary")
    if sealed.summary is not None:
        tx.summaries.put(sealed.summary)


def _letter(
    letter: Letter, theirs: Sequence[Recipient], case: Case, keys: Keys, identity: Identity
) -> Letter:
    """The letter to all who may read it; who the reporter is, to handlers alone.

    After an appeal only what was said to nobody before it is passed on.
    """
    envelope = rewrap(letter.envelope, identity, theirs, parts=letter.story_names)
    before = {keys.handlers[each].id for each in case.earlier_handler_ids if each in keys.handlers}
    tellers = tuple(
        name
        for name in _opened(envelope, letter.story_names, identity)
        if before.isdisjoint(envelope.part(name).recipient_ids)
    )
    if tellers:
        envelope = rewrap(envelope, identity, keys.of(case.handler_ids), parts=tellers)
    return replace(letter, envelope=envelope)


def _opened(
    envelope: SealedEnvelope, story: Collection[str], identity: Identity
) -> tuple[str, ...]:
    """The other parts that the key opens: who told it."""
    others = (name for name in envelope.names if name not in story)
    return tuple(name for name in others if can_open(envelope, name, identity))


def _version(summary: Summary | None) -> int:
    """Drafts stand in no log, so their version tells whether they changed."""
    return 0 if summary is None else summary.version
