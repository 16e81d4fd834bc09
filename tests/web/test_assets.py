"""Style, script and icon."""

import pytest

from tests.web.conftest import Served
from web.assets import Assets


async def test_a_file_under_its_own_version_is_kept_for_a_year(served: Served) -> None:
    address = Assets().address("gehoor.css")
    page = await served.visitor().goes(address)
    assert "immutable" in page.headers["Cache-Control"]
    assert page.headers["Content-Type"] == "text/css"


async def test_a_file_under_an_old_version_is_not_kept_for_long(served: Served) -> None:
    page = await served.visitor().goes("/static/gehoor.css?old")
    assert "immutable" not in page.headers["Cache-Control"]


async def test_files_come_compressed_to_who_can_read_that(served: Served) -> None:
    visitor = served.visitor()
    zipped = await visitor.goes("/static/gehoor.css", **{"Accept-Encoding": "gzip"})
    plain = await visitor.goes("/static/gehoor.css", **{"Accept-Encoding": "identity"})
    assert zipped.html == plain.html
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("name", ["..%2fapp.py", "%2e%2e/app.py", "gehoor.css%00", "nothing"])
async def test_nothing_outside_the_folder_can_be_asked_for(served: Served, name: str) -> None:
    assert (await served.visitor().goes(f"/static/{name}")).status == 404


async def test_the_first_page_weighs_less_than_sixty_kilobytes_and_later_ones_fifteen(
    served: Served,
) -> None:
    visitor = served.visitor("hi")
    first = len((await visitor.goes("/")).html.encode())
    for name in ("gehoor.css", "public.js", "mark.svg"):
        first += len((await visitor.goes(f"/static/{name}")).html.encode())
    assert first < 60_000
    await visitor.goes("/")
    assert len((await visitor.presses(_begin(visitor.page.html))).html.encode()) < 15_000


def _begin(html: str) -> str:
    label = html.partition('value="report">')[2].partition("<")[0]
    assert label
    return label
