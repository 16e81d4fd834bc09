"""A case's page: opened in memory for those it is sealed to, and for nobody else."""

from tests.house import URSULA
from tests.web.inside_house import TOLD, Inside


async def test_a_handler_reads_what_was_told_as_it_was_typed(inside: Inside) -> None:
    filed = await inside.filed(danger="yes", people="many")
    asha = await inside.signs_in(URSULA.id)
    page = await asha.goes(filed.address)
    assert page.status == 200
    assert TOLD in page.text
    assert "<b>every</b>" not in page.html
    assert 'lang="hi" dir="auto"' in page.html
    assert "Urgent: look today" in page.text
    assert "11 to 50" in page.text
