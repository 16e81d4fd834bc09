"""Templates: complete, escaped, and good to build on."""

import pytest
from jinja2 import UndefinedError

from locales.files import Domain
from web.assets import Assets
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


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    PAGES._environment.get_template(name)


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


def test_a_name_that_was_not_given_is_a_fault_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        PAGES.render("public/fault.html", language="en", context={})
