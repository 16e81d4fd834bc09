"""Which texts are found where, and for whom."""

from pathlib import Path

import pytest

from locales.errors import UnreadableSourceError
from locales.extraction import domain_of, extract_texts, python_texts
from locales.files import Domain

FLOW = """
flow: small
version: 1
title: A title
choices:
  answers:
    - {name: "yes", label: "Yes"}
survey:
  - type: select_one answers
    name: asked
    label: Is it so?
    hint: A hint
    required: "yes"
    required_message: Please say
    constraint: ". = 'yes'"
    constraint_message: Not that
"""


def write(root: Path, source: str, words: str) -> None:
    path = root / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")


def msgids(code: str) -> list[str]:
    return [found.msgid for found in python_texts(code, "bot/x.py")]


def test_every_text_of_a_flow_is_found(tmp_path: Path) -> None:
    write(tmp_path, "flows/definitions/small.yaml", FLOW)
    found = {text.msgid for text in extract_texts(tmp_path)[Domain.PEOPLE]}
    assert {"A title", "Is it so?", "A hint", "Please say", "Not that", "Yes"} <= found


def test_a_flow_that_does_not_load_is_said_with_its_file(tmp_path: Path) -> None:
    write(tmp_path, "flows/definitions/broken.yaml", FLOW.replace("one answers", "one nothing"))
    with pytest.raises(UnreadableSourceError, match=r"broken\.yaml"):
        extract_texts(tmp_path)


def test_marked_and_translated_literals_are_found() -> None:
    code = """
A = N_("marked")
B = words.text("asked for", site=site)
C = Text(msgid="of a flow", values={})
D = N_("in " "two pieces")
"""
    assert msgids(code) == ["marked", "asked for", "of a flow", "in two pieces"]


def test_what_is_no_literal_is_no_msgid() -> None:
    assert msgids('text(name); N_(f"a {b}"); text(); text(""); text(5); response.text("x", 1)') == [
        "x"
    ]


def test_a_text_that_counts_has_both_its_forms() -> None:
    code = 'A = N_plural("${n} day", "${n} days")\nwords.plural("a", "b", n)\nplural(a, "b", n)'
    found = [(text.msgid, text.many) for text in python_texts(code, "bot/x.py")]
    assert found == [("${n} day", "${n} days"), ("a", "b")]


def test_a_plural_of_two_marked_texts_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match=r"bot/x\.py:1"):
        msgids('words.plural(N_("${n} risk"), N_("${n} risks"), n)')


def test_a_comment_for_translators_is_kept() -> None:
    code = """
# Not for them.
A = N_("first")
# translators: Shown on a button,
# so keep it short.
B = N_("second")
"""
    comments = [found.comment for found in python_texts(code, "bot/x.py")]
    assert comments == ["", "Shown on a button, so keep it short."]


def test_code_that_does_not_parse_is_said_with_its_file() -> None:
    with pytest.raises(UnreadableSourceError, match=r"bot/x\.py"):
        list(python_texts("def", "bot/x.py"))


def test_templates_are_read_for_the_same_names(tmp_path: Path) -> None:
    page = """
{# translators: The title of the page. #}
<h1>{{ _("Title") }}</h1>
<p title="{{ text('Inside', site=site) }}">{{ plural("${n} case", "${n} cases", n) }}</p>
<p>{{ _(variable) }}</p>
"""
    write(tmp_path, "web/templates/public/page.html", page)
    found = {text.msgid: text for text in extract_texts(tmp_path)[Domain.PEOPLE]}
    assert {"Title", "Inside", "${n} case"} <= set(found)
    assert found["Title"].comments == ("The title of the page.",)
    assert found["${n} case"].many == "${n} cases"


def test_a_template_that_does_not_parse_is_said_with_its_file(tmp_path: Path) -> None:
    write(tmp_path, "web/templates/public/page.html", "{% if %}")
    with pytest.raises(UnreadableSourceError, match=r"page\.html"):
        extract_texts(tmp_path)


@pytest.mark.parametrize(
    ("source", "domain"),
    [
        ("bot/replies.py", Domain.PEOPLE),
        ("web/pages.py", Domain.PEOPLE),
        ("web/public/form.py", Domain.PEOPLE),
        ("web/templates/frame.html", Domain.PEOPLE),
        ("web/desk/inbox.py", Domain.DESK),
        ("web/templates/company/heat_map.html", Domain.DESK),
        ("monitoring/risk/scales.py", Domain.DESK),
    ],
)
def test_the_folder_says_who_reads_a_text(source: str, domain: Domain) -> None:
    assert domain_of(source) is domain


def test_a_folder_without_a_declared_domain_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="DOMAIN_OF"):
        domain_of("storage/tables.py")


def test_a_text_that_both_read_is_kept_once_among_the_peoples(tmp_path: Path) -> None:
    write(tmp_path, "monitoring/scale.py", 'A = N_("Both")\nB = N_("Desk alone")')
    write(tmp_path, "bot/words.py", 'A = N_("Both")')
    found = extract_texts(tmp_path)
    assert [text.msgid for text in found[Domain.DESK]] == ["Desk alone"]
    both = next(text for text in found[Domain.PEOPLE] if text.msgid == "Both")
    assert both.sources == ("bot/words.py", "monitoring/scale.py")
