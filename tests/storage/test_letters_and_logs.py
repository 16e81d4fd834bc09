"""Shelves of letters, summaries, logs with their checkpoints, and releases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register.case import Actor, Case, CaseStatus, record
from register.checkpoints import checkpoint
from register.errors import ReleasedBeforeError
from register.letters import Letter
from register.log import LogAction, LogTip
from register.particulars import Particulars
from register.people import Role
from register.quarters import Quarter
from register.release import Release, Thresholds
from register.summary import Summary, SummaryState
from sealing.identifiers import new_id
from storage.errors import StorageError
from storage.logs import append
from storage.transaction import SqlTransaction
from tests.storage.ground import TODAY, Ground, case, envelope, filing, organisation

QUARTER = Quarter.of(TODAY)


def filed_case(ground: Ground, **more: object) -> Case:
    filed = filing(case(**more))
    with ground.writing() as tx:
        tx.cases.add(filed)
    return filed.case


def write(tx: SqlTransaction, to: Case, *, letter_id: str, blobs: tuple[str, ...] = ()) -> Case:
    letter = Letter(
        id=letter_id,
        case_ref=to.ref,
        is_from_reporter=True,
        day=TODAY,
        envelope=envelope(to.ref),
        blobs=blobs,
    )
    actor = Actor(role=Role.REPORTER)
    kept, entry = record(to, LogAction.LETTER_FROM_REPORTER, actor, TODAY, subject=letter_id)
    tx.cases.keep(kept, entry)
    tx.letters.add(letter)
    return kept


def test_letters_come_in_the_order_in_which_the_log_names_them(ground: Ground) -> None:
    about = filed_case(ground)
    ids = ["m" * 26, "z" * 26, "a" * 26]
    blob = new_id()
    with ground.writing() as tx:
        for letter_id in ids:
            about = write(tx, about, letter_id=letter_id, blobs=(blob,) if "z" in letter_id else ())
    with ground.reading() as tx:
        assert [letter.id for letter in tx.letters.of_case(about.ref)] == ids
        assert tx.cases.owned_blobs((blob,)) == {blob}
        assert tx.letters.of_case(new_id()) == ()


def test_a_letter_is_sealed_anew_in_its_place(ground: Ground) -> None:
    about = filed_case(ground)
    with ground.writing() as tx:
        about = write(tx, about, letter_id="l" * 26)
        (letter,) = tx.letters.of_case(about.ref)
        twice = replace(letter.envelope, parts=letter.envelope.parts)
        tx.letters.replace(replace(letter, envelope=twice))
    with ground.reading() as tx:
        assert [each.envelope for each in tx.letters.of_case(about.ref)] == [twice]


def a_summary(about: Case, state: SummaryState, words: str | None, version: int = 1) -> Summary:
    return Summary(
        id=f"{about.ref[:25]}s",
        case_ref=about.ref,
        version=version,
        language="hi",
        state=state,
        day=TODAY,
        envelope=envelope(about.ref),
        shared_words=words,
    )


def test_words_that_are_no_longer_shared_are_gone(ground: Ground) -> None:
    about = filed_case(ground)
    shared = a_summary(about, SummaryState.SHARED, "Dust in the cutting hall")
    with ground.writing() as tx:
        tx.summaries.put(shared)
    with ground.reading() as tx:
        assert tx.summaries.of_case(about.ref) == shared
        assert tx.summaries.of_case(new_id()) is None
    state = next(each for each in SummaryState if each is not SummaryState.SHARED)
    with ground.writing() as tx:
        tx.summaries.put(a_summary(about, state, "Dust in the cutting hall", version=2))
    with ground.reading() as tx:
        kept = tx.summaries.of_case(about.ref)
        assert kept is not None
        assert kept.version == 2
        assert kept.shared_words is None


def test_an_organisation_reads_the_shared_summaries_of_its_own_chain(ground: Ground) -> None:
    ours, theirs = organisation(), organisation()
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.sites.put_organisation(theirs)
    told = Particulars(site_id="s" * 26)
    cases = [
        filed_case(ground, organisation_ids=(who.id,), particulars=told, reporter_tag=new_id())
        for who in (ours, ours, ours, theirs)
    ]
    drafted = next(each for each in SummaryState if each is not SummaryState.SHARED)
    states = (SummaryState.SHARED, SummaryState.SHARED, drafted, SummaryState.SHARED)
    with ground.writing() as tx:
        for about, state in zip(cases, states, strict=True):
            tx.summaries.put(a_summary(about, state, "Words"))
    with ground.reading() as tx:
        first = tx.summaries.shared_with(ours.id, limit=1)
        rest = tx.summaries.shared_with(ours.id, after=first[0].id)
        assert {each.case_ref for each in (*first, *rest)} == {cases[0].ref, cases[1].ref}
        assert len(first) == len(rest) == 1


def tips(tx: SqlTransaction, day: date) -> set[LogTip]:
    return {end.tip for end in tx.log.ends_on(day).ends}


def test_a_checkpoint_covers_where_each_log_ended_that_day(ground: Ground) -> None:
    about, other = filed_case(ground), filed_case(ground)
    actor = Actor(role=Role.HANDLER, id="h" * 26)
    later, entry = record(about, LogAction.LETTER_TO_REPORTER, actor, TODAY + timedelta(days=1))
    with ground.writing() as tx:
        tx.cases.keep(later, entry)
    with ground.reading() as tx:
        ends = tx.log.ends_on(TODAY).ends
        assert dict(tx.log.tips_on(TODAY)) == {about.ref: about.log, other.ref: other.log}
        assert tips(tx, TODAY) == {about.log, other.log}
        assert tips(tx, TODAY + timedelta(days=1)) == {later.log, other.log}
        assert tx.log.ends_on(TODAY - timedelta(days=1)).ends == ()
        assert tx.log.last_checkpoint() is None
        assert not {end.name for end in ends} & {about.ref, other.ref}
    made = checkpoint(ends, TODAY)
    next_day = checkpoint(ends, TODAY + timedelta(days=1), made)
    with ground.writing() as tx:
        tx.log.put_checkpoint(made)
        tx.log.put_checkpoint(next_day)
    with ground.reading() as tx:
        assert tx.log.last_checkpoint() == next_day
    with pytest.raises(Exception, match=r"(?i)unique"), ground.writing() as tx:
        tx.log.put_checkpoint(made)


def moved(ground: Ground, case_: Case, status: CaseStatus, day: date) -> Case:
    actor = Actor(role=Role.HANDLER, id="h" * 26)
    after, entry = record(replace(case_, status=status), "moved", actor, day)
    with ground.writing() as tx:
        tx.cases.keep(after, entry)
    return after


def test_an_end_knows_since_when_its_case_is_closed(ground: Ground) -> None:
    days = [TODAY + timedelta(days=number) for number in range(6)]
    about = filed_case(ground)
    about = moved(ground, about, CaseStatus.CLOSED, days[1])
    about = moved(ground, about, CaseStatus.ASSESSING, days[2])
    about = moved(ground, about, CaseStatus.CLOSED, days[3])
    moved(ground, about, CaseStatus.CLOSED, days[4])
    with ground.reading() as tx:
        since = [tx.log.ends_on(day).ends[0].closed_on for day in days]
    assert since == [None, days[1], None, days[3], days[3], days[3]]


def test_a_buried_log_is_gone_and_its_end_stays(ground: Ground) -> None:
    closed_on, erased_on = TODAY + timedelta(days=1), TODAY + timedelta(days=3000)
    about = moved(ground, filed_case(ground), CaseStatus.CLOSED, closed_on)
    with ground.reading() as tx:
        (before,) = tx.log.ends_on(closed_on).ends
    with ground.writing() as tx:
        tx.log.bury(about.ref, erased_on)
        tx.cases.erase(about)
    with ground.reading() as tx:
        assert tx.log.of_case(about.ref) == ()
        assert tx.cases.get(about.ref) is None
        assert tx.log.ends_on(closed_on).ends == (before,)
        assert tx.log.ends_on(TODAY).unknown == 1
        assert tx.log.ends_on(erased_on).ends == (replace(before, erased_on=erased_on),)
        assert (tx.log.erased(), tx.log.stone_faults()) == (1, ())


def test_the_log_of_an_open_case_or_of_none_is_not_buried(ground: Ground) -> None:
    about = filed_case(ground)
    for ref in (about.ref, new_id()):
        with pytest.raises(StorageError), ground.writing() as tx:
            tx.log.bury(ref, TODAY)
    with ground.reading() as tx:
        assert len(tx.log.of_case(about.ref)) == 1


def test_an_entry_whose_number_is_taken_is_refused(ground: Ground) -> None:
    about = filing(case())
    with ground.writing() as tx:
        tx.cases.add(about)
    with pytest.raises(Exception, match=r"(?i)unique"), ground.engine.begin() as connection:
        append(connection, about.entries)


def test_a_release_is_final(ground: Ground) -> None:
    ours = organisation()
    first = Release(
        organisation_id=ours.id,
        quarter=QUARTER,
        released_on=TODAY,
        thresholds=Thresholds(),
        places=(),
        cells=(),
    )
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.releases.put(first)
        tx.releases.put(replace(first, quarter=Quarter(year=2025, number=4)))
    with pytest.raises(ReleasedBeforeError), ground.writing() as tx:
        tx.releases.put(replace(first, released_on=TODAY + timedelta(days=9)))
    with ground.reading() as tx:
        assert tx.releases.get(ours.id, QUARTER) == first
        assert tx.releases.quarters(ours.id) == (Quarter(year=2025, number=4), QUARTER)
        assert tx.releases.get(new_id(), QUARTER) is None
        assert tx.releases.first_quarter() == Quarter(year=2025, number=4)
