"""The score in words: what an officer reads there is words, and no code of ours."""

import re

from register.particulars import Theme
from tests.web.company.test_pages import quarter_of_wages, without_isolates
from tests.web.inside_house import OLGA, Inside

SOURCE = 'class="source '
"""Stands once at each piece of evidence."""


async def test_a_theme_is_named_wherever_the_score_asks_for_it(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/score/print")
    assert "5 more of these themes would bring the points to" in page.text.replace("\u2068", "")
    assert [theme for theme in Theme if "_" in theme and theme in page.text] == []


async def test_what_is_missing_is_a_list_and_no_sentence_of_sentences(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/score/questions/1.1.5")
    lift = page.html.partition('class="lift"')[2].partition("</div>")[0]
    assert lift.count("<li>") == 2


async def test_every_piece_of_evidence_is_one_click_from_the_score(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    await inside.posts(
        olga, "/company/score/questions/2.2.5", part="2", document="Map", stated_by="Olga",
        day=inside.house.clock.today.isoformat(),
    )  # fmt: skip
    html = (await olga.goes("/company/score")).html
    assert SOURCE not in html
    lines = re.findall(
        r'<a class="qtitle" href="([^"]+)">.*?<span class="behind">(.*?)</span>', html, re.DOTALL
    )
    counted = {path: _pieces(words) for path, words in lines}
    assert len(counted) == len(lines) > 20
    assert sum(n > 0 for n in counted.values()) > 3
    for path, pieces in counted.items():
        assert (await olga.goes(path)).html.count(SOURCE) == pieces, path
    printed = await olga.goes("/company/score/print")
    assert printed.html.count(SOURCE) == sum(counted.values())


async def test_the_score_does_not_grow_with_its_evidence(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    before = len((await olga.goes("/company/score")).html)
    before_on_paper = (await olga.goes("/company/score/print")).html.count(SOURCE)
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)  # months later
    after = await olga.goes("/company/score")
    assert "question-line" in after.html
    assert (await olga.goes("/company/score/print")).html.count(SOURCE) > before_on_paper
    assert len(after.html) - before < 500


def _pieces(words: str) -> int:
    found = re.search(r"(\d+) pieces? of evidence", without_isolates(words))
    assert found or "no evidence yet" in words
    return int(found[1]) if found else 0
