"""The files of the sample fit the product, and the plan made of them fits any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.surroundings import Surroundings
from intake.hall import GRIEVANCE
from locales.languages import LANGUAGES
from register.directory import SiteDirectory
from register.quarters import Quarter
from service.demo.naming import SAMPLE_MARKS, marked, sample_id
from service.demo.plan import plan
from service.demo.script import Answers, ScriptError, read_script
from service.demo.telling import tell
from tests.shipped import LIBRARY

SCRIPT = read_script()
FLOW = LIBRARY.get(GRIEVANCE)
SURROUNDINGS = Surroundings(
    now=datetime(2026, 11, 20, tzinfo=UTC),
    random=lambda: 0.5,
    lists={"sites": SiteDirectory(())},
)
CODES = {site.code for site in SCRIPT.chain.sites}
LANGUAGE_CODES = {language.code for language in LANGUAGES}
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2032, 12, 31))


def _told(answers: Answers) -> object:
    return tell(
        FLOW,
        answers,
        usual=SCRIPT.stories.usual,
        language="en",
        surroundings=SURROUNDINGS,
        presets={},
    )


def test_people_of_every_language_tell_something() -> None:
    assert {story.language for story in SCRIPT.stories.stories} == LANGUAGE_CODES


def test_every_language_has_a_word_for_sample() -> None:
    assert set(SAMPLE_MARKS) == LANGUAGE_CODES
    assert marked("Kherwadi", "hi") == "Kherwadi (नमूना)"


def test_an_answer_to_a_question_that_is_never_asked_is_a_fault() -> None:
    with pytest.raises(ScriptError, match="remedy_words"):
        _told({"theme_chosen": "living_wage", "story": "Pay is late.", "remedy_words": "Money"})


def test_an_answer_that_the_flow_refuses_is_a_fault() -> None:
    with pytest.raises(ScriptError, match="theme_chosen"):
        _told({"theme_chosen": "no_such_theme", "story": "Pay is late."})


def test_handlers_have_words_for_every_letter_that_a_course_asks_for() -> None:
    missing = {
        (story.language, step)
        for story in SCRIPT.stories.stories
        for course in story.courses
        for _, step in SCRIPT.courses[course]
        if step.startswith("letter ")
        and story.language not in SCRIPT.letters[step.removeprefix("letter ")]
    } | LANGUAGE_CODES.difference(SCRIPT.letters["extract"])
    assert not missing


def test_every_site_that_is_named_is_in_the_chain() -> None:
    named = {story.site for story in SCRIPT.stories.stories if story.site}
    named |= {
        str(each["site"])
        for story in SCRIPT.stories.stories
        for each in story.also
        if "site" in each
    }
    named |= {*SCRIPT.chain.opened, *SCRIPT.chain.asked_on_visits}
    named |= {code for row in SCRIPT.rounds for code in row.sites}
    assert named <= CODES


def test_what_is_not_known_of_the_chain_is_recorded_as_unknown() -> None:
    links = [link for site in SCRIPT.chain.sites for link in site.links.values()]
    assert any(product is None for product, _ in links)
    assert any(tier is None for _, tier in links)


def test_whoever_is_consulted_is_named_as_a_sample() -> None:
    assert all(each.label.startswith("Sample: ") for row in SCRIPT.rounds for each in row.invited)
    assert all(row.organiser.startswith("Sample: ") for row in SCRIPT.rounds)


@given(DAYS)
def test_nothing_is_told_after_the_day_of_the_making(today: date) -> None:
    planned = plan(SCRIPT.stories, today, "any")
    assert all(case.day < today for case in planned)
    assert min(case.day for case in planned) >= _closed(today).first_day


@given(DAYS)
def test_most_is_told_in_the_last_quarter_that_is_over(today: date) -> None:
    planned = plan(SCRIPT.stories, today, "any")
    told = [case for case in planned if Quarter.of(case.day) == _closed(today)]
    assert len(told) > len(planned) / 2


@given(DAYS)
def test_the_same_day_and_seed_give_the_same_plan(today: date) -> None:
    assert plan(SCRIPT.stories, today, "one") == plan(SCRIPT.stories, today, "one")
    assert plan(SCRIPT.stories, today, "one") != plan(SCRIPT.stories, today, "two")


def test_no_two_cases_of_a_plan_are_one() -> None:
    planned = plan(SCRIPT.stories, date(2026, 11, 20), "any")
    assert len({case.ref for case in planned}) == len(planned)
    assert len({case.reporter for case in planned}) == len(planned)


def test_an_id_is_made_of_all_names_and_their_bounds() -> None:
    assert sample_id("a", "bc") != sample_id("ab", "c")
    assert len(sample_id("site", "RJ1")) == 26


def _closed(today: date) -> Quarter:
    return Quarter.of(Quarter.of(today).first_day - timedelta(days=1))
