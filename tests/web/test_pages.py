"""Templates: complete, escaped, and good to build on."""

import pytest
from jinja2 import DictLoader, StrictUndefined, TemplateAssertionError, UndefinedError

from locales.files import Domain
from web.assets import Assets
from web.compiling import SpeakingEnvironment
from web.pages import FOLDER, Pages
from web.services import WebSettings

PAGES = Pages(WebSettings(service_name="A & B"), Assets())
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))

INSIDE = """
{% extends "layout_inside.html" %}
{% import "components.html" as c with context %}
{% block title %}Cases{% endblock %}
{% block main %}
{{ c.error_summary((("name", "Please say a name"),)) }}
{{ c.text_field("name", "Name", "<b>", hint="As on the list", error="Please say a name") }}
{{ c.text_area("why", "Why") }}
{{ c.select_field("status", "Status", (("a", "Open"), ("b", "Closed")), "b") }}
{{ c.option_list("kind", "Kind", (("a", "One"), ("b", "Two")), ("a",)) }}
{{ c.chip("Overdue", "grave") }} {{ c.badge(12, "new") }}
{% call c.card("Card") %}<p>inside</p>{% endcall %}
{% call c.table("Cases", ("Site", "Days")) %}
<tr><td>Kota</td>{{ c.heat_cell("severe", 4, "3 cases") }}</tr>
{% endcall %}
{{ c.progress(1, 4, "1 of 4") }}{{ c.facts((("Day", "Monday"),)) }}
{{ c.pager("/desk?page=", 2, 3) }}
{{ c.notice("Saved", "good") }}{{ c.button("Save") }}
{% endblock %}
"""


@pytest.mark.parametrize("domain", Domain)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles_in_a_language(name: str, domain: Domain) -> None:
    PAGES._environment_of("nl", domain).get_template(name)


def test_the_components_make_a_page_for_the_inside() -> None:
    template = PAGES._environment.from_string(INSIDE)
    html = template.render(
        PAGES.words("nl", Domain.DESK), places=(("/desk", "Cases"),), here="/desk", who="Ana"
    )
    assert 'aria-current="page"' in html
    assert 'value="&lt;b&gt;"' in html
    assert 'aria-describedby="name-error name-hint" aria-invalid="true"' in html
    assert '<td class="heat heat-4">severe<small>3 cases</small></td>' in html
    assert "A &amp; B" in html


def spoken(**parts: str) -> SpeakingEnvironment:
    """Templates of ours alone, in a language whose words are told apart from the source's."""
    environment = SpeakingEnvironment(
        loader=DictLoader(parts), autoescape=True, undefined=StrictUndefined
    )
    environment.globals = {"settings": WebSettings(service_name="A & B"), "number": _number}
    environment.speak(
        str.upper,
        known={"settings": environment.globals["settings"]},
        functions={"number": _number},
    )
    return environment


def _number(value: int, *, sign: str = "") -> str:
    return f"<{value}{sign}>"


def test_what_is_known_beforehand_is_written_escaped_in_one_piece() -> None:
    environment = spoken(page='<p title="{{ settings.service_name }}">{{ _("so & so") }}</p>')
    template = environment.get_template("page")
    pieces = list(template.root_render_func(template.new_context({})))
    assert pieces == ['<p title="A &amp; B">SO &amp; SO</p>']


def test_what_is_not_known_beforehand_is_escaped_on_the_page() -> None:
    environment = spoken(page="{{ number(of, sign='&') }} {{ of }} {{ number(2) }}")
    assert environment.get_template("page").render(of="<i>") == (
        "&lt;&lt;i&gt;&amp;&gt; &lt;i&gt; &lt;2&gt;"
    )


def test_a_condition_that_is_decided_leaves_its_half() -> None:
    page = (
        "{% if settings.is_sample %}{{ missing }}{% else %}real{% endif %}{% if on %}!{% endif %}"
    )
    template = spoken(page=page).get_template("page")
    assert template.render(on=True) == "real!"
    assert template.render(on=False) == "real"


def test_a_part_sees_the_names_of_its_page_and_keeps_its_own() -> None:
    environment = spoken(
        page="{% for n in (1, 2) %}{% include 'part' %}{% endfor %}{{ own is defined }}",
        part="{% set own = n %}{{ own }},",
    )
    assert environment.get_template("page").render() == "1,2,False"


@pytest.mark.parametrize(
    "page",
    [
        "{% set settings = 1 %}",
        "{% for number in (1, 2) %}{% endfor %}",
        "{% macro m(settings) %}{% endmacro %}",
    ],
)
def test_no_template_gives_another_meaning_to_what_is_known(page: str) -> None:
    with pytest.raises(TemplateAssertionError):
        spoken(page=page).get_template("page")


def test_no_page_is_given_another_meaning_of_what_is_known() -> None:
    with pytest.raises(ValueError, match="means the same"):
        PAGES.render("public/about.html", language="en", context={"settings": None})


def test_a_name_that_was_not_given_is_a_fault_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        PAGES.render("public/fault.html", language="en", context={})
