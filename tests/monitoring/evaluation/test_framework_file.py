"""The shipped framework states the published facts, and a file that could misjudge is refused."""

from pathlib import Path

import pytest

from monitoring.evaluation.company import Category, CompanyProfile, SizeClass
from monitoring.evaluation.criteria import Decision
from monitoring.evaluation.errors import FrameworkFaults
from monitoring.evaluation.framework_file import TRUSTONE, load_framework

SHIPPED = TRUSTONE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def framework():
    return load_framework()


def test_eighteen_questions_are_scored_for_b_and_thirty_nine_for_c(framework):
    assert len(framework.questions_for(Category.B)) == 18
    assert len(framework.questions_for(Category.C)) == 39


def test_the_maxima_add_up_to_252_for_c_and_100_for_b(framework):
    assert framework.sum_of_maxima(Category.C) == 252
    assert framework.sum_of_maxima(Category.B) == 100
    assert framework.declared_total == {Category.B: 100, Category.C: 250}


@pytest.mark.parametrize(
    ("step", "declared", "summed"),
    [
        ("1.1", 24, 26),
        ("1.2-1.3", 24, 22),
        ("2.1", 40, 40),
        ("2.2-2.4", 40, 42),
        ("3.1-3.3", 50, 50),
        ("4.1-4.2", 24, 24),
        ("5.1-5.2", 24, 24),
        ("6.1-6.2", 24, 24),
    ],
)
def test_each_step_keeps_the_published_figure_beside_its_own_sum(framework, step, declared, summed):
    row = next(each for each in framework.steps if each.id == step)
    questions = [each for each in framework.questions_for(Category.C) if each.step == step]
    assert row.declared[Category.C] == declared
    assert sum(each.max[Category.C] for each in questions) == summed


def test_core_questions_are_the_published_ones(framework):
    core = {each.id: each.core_for for each in framework.questions if each.core_for}
    assert {name for name, levels in core.items() if 4 in levels} == {
        "3.1.1",
        "3.1.2",
        "3.3.7",
        "4.1.1",
    }
    assert {name for name, levels in core.items() if 5 in levels} == {
        "3.1.1",
        "3.1.2",
        "3.2.3",
        "3.2.5",
        "3.3.7",
        "4.1.1",
        "4.2.3",
    }


def test_every_decision_has_a_note_in_both_languages(framework):
    assert set(framework.decisions) == set(Decision)
    assert all(note.en and note.nl for note in framework.decisions.values())


@pytest.mark.parametrize(
    ("employees", "turnover", "size"),
    [
        (24, 5_000_000, SizeClass.SMALL),
        (25, 5_000_000, SizeClass.MEDIUM_LARGE),
        (24, 5_000_001, SizeClass.MEDIUM_LARGE),
        (0, 0, SizeClass.SMALL),
    ],
)
def test_a_company_is_small_only_within_both_limits(framework, employees, turnover, size):
    company = CompanyProfile(category=Category.C, employees=employees, turnover_eur=turnover)
    assert framework.size_of(company) is size


def faults_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "framework.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkFaults) as refused:
        load_framework(path)
    return "\n".join(str(fault) for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'partly: {all_of: ["1"]}, partly_named',
            'partly: {all_of: ["9"]}, partly_named',
            "no component 9",
        ),
        ("may_not_apply: no_exit", "may_not_apply: on_holiday", "nothing_caused"),
        (
            'declared: {B: 24, C: 24}, en: "Policy"',
            'declared: {B: 24, C: 26}, en: "Policy"',
            "add up to 252",
        ),
        ("{number: 2, quarries: 40", "{number: 2, quarries: 10", "asks less than 1"),
        ('factories: "2.1.1b"', 'factories: "2.1.3"', "not a question about a share"),
        ("{from: 75, points: 7}", "{from: 40, points: 7}", "must rise"),
        ("C-small:", "C-tiny:", "C-tiny is no kind of company"),
        ('{any_of: ["2", "3", "4"]}', '{some_of: ["2"]}', "a rule is one of"),
        ("format: 1", "format: 2", "format"),
        ("core_for: [4, 5]", "core_fur: [4, 5]", "core_fur"),
        ('id: "1.1.2"', 'id: "1.1.1"', "1.1.1 stands there 2 times"),
        ("  - {id: core_met,", "  - {id: unnamed_mix,", "no note for core_met"),
        ("themes: [land_rights]", "themes: [moon_rights]", "no theme moon_rights"),
        ('medium_large: {"1": 1, "2": 2, "3": 2}', 'medium_large: {"1": 1}', "needs its years"),
        ("\nname: {", "\nid: again\nname: {", "id"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, old, new, said):
    assert old in SHIPPED
    assert said in faults_of(tmp_path, SHIPPED.replace(old, new, 1))


def test_all_faults_are_reported_at_once(tmp_path):
    text = SHIPPED.replace("{id: no_exit,", "{id: nothing_linked,")
    text = text.replace("themes: [land_rights]", "themes: [moon_rights]")
    said = faults_of(tmp_path, text)
    assert "no exemption no_exit" in said
    assert "nothing_linked stands there 2 times" in said
    assert "no theme moon_rights" in said


def test_a_missing_file_is_a_fault_not_a_surprise(tmp_path):
    with pytest.raises(FrameworkFaults):
        load_framework(tmp_path / "nowhere.yaml")
