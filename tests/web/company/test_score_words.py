"""The score in words: what an officer reads there is words, and no code of ours."""

from register.particulars import Theme
from tests.web.inside_house import OLGA, Inside


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
