"""Routing: nobody with a tie is a recipient, and there always is a recipient (G9)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.conflicts import Exclusion, ExclusionReason, Subjects, exclusions, named_in
from register.particulars import Danger, Particulars, Retaliation, Theme
from register.people import ConflictOfInterest, Handler, Staff, Team, TeamKind, TieTo
from register.routing import (
    TEAM_ORDER,
    Explanation,
    Matter,
    Purpose,
    Reason,
    Unroutable,
    Urgency,
    UrgencyReason,
    route,
    urgency_of,
)
from tests.register.making import STAFF, TEAMS, TODAY, handler

SUBJECTS = Subjects(case_ref="case1", site_id="s1", organisation_ids=frozenset({"o1"}))
TOUCHING = {(TieTo.SITE, "s1"), (TieTo.ORGANISATION, "o1"), (TieTo.CASE, "case1")}
PLAIN = Matter(particulars=Particulars(), language="en", country="IN", subjects=SUBJECTS)
DANGER = replace(PLAIN, particulars=Particulars(danger=Danger.YES))


def tie(to: TieTo, subject: str, ended_on: date | None = None) -> ConflictOfInterest:
    return ConflictOfInterest(tie=to, subject=subject, declared_on=TODAY, ended_on=ended_on)


def staffed(*handlers: Handler, teams: tuple[Team, ...] = TEAMS) -> Staff:
    return Staff(teams=teams, handlers=handlers, recovery_id="recovery")


TIES = st.builds(
    tie,
    st.sampled_from(TieTo),
    st.sampled_from(["s1", "s2", "o1", "o2", "case1", "Mr Example Boss"]),
    st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
)
HANDLERS = st.lists(
    st.builds(
        handler,
        st.sampled_from([f"h{number}" for number in range(8)]),
        st.sampled_from([team.id for team in TEAMS]),
        languages=st.sampled_from([frozenset(), frozenset({"en"}), frozenset({"hi"})]),
        countries=st.sampled_from([frozenset(), frozenset({"IN"}), frozenset({"VN"})]),
        is_active=st.booleans(),
        has_key=st.booleans(),
        ties=st.lists(TIES, max_size=2).map(tuple),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(
    HANDLERS,
    st.sampled_from([PLAIN, DANGER]),
    st.sampled_from(Purpose),
    st.lists(st.sampled_from(TEAMS), unique=True).map(tuple),
    st.frozensets(st.sampled_from(["h0", "h1"])),
)
def test_nobody_with_a_tie_is_a_recipient_and_somebody_always_is(
    handlers: tuple[Handler, ...],
    matter: Matter,
    purpose: Purpose,
    teams: tuple[Team, ...],
    named: frozenset[str],
) -> None:
    told = tuple(
        Exclusion(handler_id=each, reason=ExclusionReason.NAMED_IN_ACCOUNT) for each in named
    )
    matter = replace(matter, subjects=replace(SUBJECTS, named=told))
    staff = staffed(*handlers, teams=teams)
    found = route(matter, staff, TODAY, purpose=purpose)
    assert found.recipient_ids[-1] == "recovery"
    by_id = {each.id: each for each in handlers}
    for recipient in found.handler_ids:
        reader = by_id[recipient]
        assert reader.is_active
        assert reader.has_key
        assert recipient not in named
        for each in reader.ties:
            if each.ended_on is None or each.ended_on > TODAY:
                assert (each.tie, each.subject) not in TOUCHING
    assert (found.unroutable is None) is bool(found.handler_ids)
    assert found == route(
        matter, staffed(*handlers[::-1], teams=teams[::-1]), TODAY, purpose=purpose
    )


@pytest.mark.parametrize(
    ("particulars", "urgency", "reason"),
    [
        (Particulars(), Urgency.NORMAL, UrgencyReason.NOTHING_PRESSES),
        (Particulars(danger=Danger.NO), Urgency.NORMAL, UrgencyReason.NOTHING_PRESSES),
        (Particulars(danger=Danger.YES), Urgency.URGENT, UrgencyReason.DANGER_NOW),
        (Particulars(danger=Danger.UNSURE), Urgency.SOON, UrgencyReason.DANGER_UNSURE),
        (
            Particulars(is_child_or_trafficking=True, danger=Danger.NO),
            Urgency.URGENT,
            UrgencyReason.CHILD_OR_TRAFFICKING,
        ),
        (Particulars(theme=Theme.CHILD_LABOUR), Urgency.URGENT, UrgencyReason.CHILD_LABOUR),
        (Particulars(theme=Theme.FORCED_LABOUR), Urgency.SOON, UrgencyReason.FORCED_LABOUR),
        (Particulars(retaliation=Retaliation.YES), Urgency.SOON, UrgencyReason.PUNISHED),
        (
            Particulars(retaliation=Retaliation.AFRAID),
            Urgency.NORMAL,
            UrgencyReason.NOTHING_PRESSES,
        ),
    ],
)
def test_urgency_comes_from_the_coded_answers(
    particulars: Particulars, urgency: Urgency, reason: UrgencyReason
) -> None:
    assert urgency_of(particulars) == (urgency, reason)


def test_danger_goes_to_the_urgent_team_at_once() -> None:
    found = route(DANGER, STAFF, TODAY)
    assert (found.team_id, found.handler_ids) == ("urgent", ("carl", "dina"))
    assert route(PLAIN, STAFF, TODAY).team_id == "regular"


def test_the_worked_example() -> None:
    asha = handler("asha", "urgent", languages=frozenset({"hi"}))
    ben = handler("ben", "urgent", languages=frozenset({"en"}))
    chandra = handler("chandra", "urgent", ties=(tie(TieTo.SITE, "s1"),))
    found = route(replace(DANGER, language="hi"), staffed(asha, ben, chandra), TODAY)
    assert found.recipient_ids == ("asha", "ben", "recovery")
    assert found.excluded == (Exclusion(handler_id="chandra", reason=ExclusionReason.TIED_TO_SITE),)
    assert Reason(explanation=Explanation.READERS_ADDED, team_id="urgent") in found.reasons


def test_a_team_whose_members_are_all_excluded_is_passed_over() -> None:
    tied = handler("carl", "urgent", ties=(tie(TieTo.ORGANISATION, "o1"),))
    found = route(DANGER, staffed(tied, handler("asha"), handler("ben")), TODAY)
    assert found.team_id == "regular"
    assert found.reasons[0] == Reason(explanation=Explanation.ALL_EXCLUDED, team_id="urgent")


def test_oversight_takes_what_nobody_else_may_and_recovery_what_is_left() -> None:
    tied = (tie(TieTo.SITE, "s1"),)
    asha, olga = handler("asha", ties=tied), handler("olga", "oversight")
    assert route(PLAIN, staffed(asha, olga), TODAY).team_id == "oversight"
    left = route(PLAIN, staffed(asha, replace(olga, ties=tied)), TODAY)
    assert (left.recipient_ids, left.team_id) == (("recovery",), None)
    assert left.unroutable is Unroutable.EVERYBODY_EXCLUDED
    assert route(PLAIN, staffed(), TODAY).unroutable is Unroutable.NO_TEAM


def test_a_tie_that_ended_keeps_nobody_out() -> None:
    asha = handler("asha", ties=(tie(TieTo.SITE, "s1", TODAY),))
    assert route(PLAIN, staffed(asha), TODAY).handler_ids == ("asha",)
    assert route(PLAIN, staffed(asha), TODAY - timedelta(days=1)).handler_ids == ()


def test_the_most_specific_team_goes_first() -> None:
    wage = Team(
        id="z-wage",
        name="Wage",
        kind=TeamKind.REGULAR,
        themes=frozenset({Theme.LIVING_WAGE}),
    )
    staff = staffed(handler("asha"), handler("wim", "z-wage"), teams=(*TEAMS, wage))
    about_wage = replace(PLAIN, particulars=Particulars(theme=Theme.LIVING_WAGE))
    assert route(about_wage, staff, TODAY).team_id == "z-wage"
    assert route(PLAIN, staff, TODAY).team_id == "regular"


def test_a_team_that_does_not_cover_is_better_than_nobody() -> None:
    vietnam = Team(id="vn", name="Vietnam", kind=TeamKind.REGULAR, countries=frozenset({"VN"}))
    found = route(PLAIN, staffed(handler("an", "vn"), teams=(vietnam,)), TODAY)
    assert found.handler_ids == ("an",)
    assert found.reasons[0].explanation is Explanation.COVERS_NOT


def test_those_who_read_the_language_are_enough_when_there_are_two() -> None:
    hindi = frozenset({"hi"})
    staff = staffed(
        handler("asha", languages=hindi),
        handler("bina", languages=hindi),
        handler("carl", languages=frozenset({"en"})),
    )
    assert route(replace(PLAIN, language="hi"), staff, TODAY).handler_ids == ("asha", "bina")


def test_that_nobody_reads_the_language_is_said() -> None:
    staff = staffed(handler("asha", languages=frozenset({"en"})))
    found = route(replace(PLAIN, language="vi"), staff, TODAY)
    assert Explanation.NOBODY_SPEAKS in {each.explanation for each in found.reasons}


def test_a_variant_of_a_language_is_read_by_who_reads_the_language() -> None:
    assert handler("joao", languages=frozenset({"pt"})).speaks("pt_BR")


def test_appeals_never_go_back_to_who_handled_the_case() -> None:
    earlier = replace(SUBJECTS, earlier_handler_ids=frozenset({"zoe"}))
    found = route(replace(PLAIN, subjects=earlier), STAFF, TODAY, purpose=Purpose.APPEAL)
    assert found.handler_ids == ("olga",)
    for (purpose, _), kinds in TEAM_ORDER.items():
        appeal = TeamKind.APPEAL in kinds
        assert appeal is (purpose is Purpose.APPEAL)


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("My boss is ASHA  example.", True),
        ("asha-example hit me", True),
        ("Asha and her example", False),
        ("the ashaexample company", False),
        ("आशा मेहता ने मुझे मारा", True),
        ("领导是王小明。", True),
    ],
)
def test_a_handler_whom_the_account_names_is_kept_out(words: str, is_named: bool) -> None:
    asha = handler("asha", other_names=("आशा मेहता", "王小明"))
    assert bool(named_in([words], staffed(asha), TODAY)) is is_named


def test_a_handler_is_kept_out_by_the_name_of_somebody_they_are_tied_to() -> None:
    asha = handler("asha", ties=(tie(TieTo.PERSON, "Günther Bösch"),))
    found = named_in(["it was gunther bosch"], staffed(asha), TODAY)
    assert found == (Exclusion(handler_id="asha", reason=ExclusionReason.TIED_TO_PERSON),)
    assert "Bösch" not in repr(asha)


def test_a_very_short_name_alone_names_nobody() -> None:
    an = replace(handler("x"), name="An")
    assert named_in(["an apple"], staffed(an), TODAY) == ()


def test_two_answers_are_not_read_as_one_name() -> None:
    asha = replace(handler("asha"), name="Living Wage")
    joined = named_in(["we are living", "wage is low"], staffed(asha), TODAY)
    assert joined == ()


def test_each_excluded_handler_is_named_once() -> None:
    many = handler("asha", ties=(tie(TieTo.SITE, "s1"), tie(TieTo.ORGANISATION, "o1")))
    assert len(exclusions(staffed(many), SUBJECTS, TODAY)) == 1


def test_staff_without_a_recovery_key_is_not_made() -> None:
    with pytest.raises(ValueError, match="recovery"):
        Staff(teams=(), handlers=(), recovery_id="")
