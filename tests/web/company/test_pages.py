"""What officers see."""

import pytest

from tests.web.inside_house import OLGA, Inside

PAGES = (
    "/company",
    "/company/register",
    "/company/heat-map",
    "/company/findings",
    "/company/score",
    "/company/score/print",
    "/company/score/questions/2.2.5",
)


@pytest.mark.parametrize("path", PAGES)
async def test_an_officer_sees_every_page_before_anything_happened(
    inside: Inside, path: str
) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(path)
    assert page.status == 200
