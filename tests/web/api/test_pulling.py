"""A company's own register pulls what is new: the way that docs/api.md describes, told as it goes.

The register keeps what it read and the tags that came with it; it reads of nothing else.
"""

from dataclasses import dataclass, field
from typing import Any

from register.summary import SummaryState
from tests.web.company.test_pages import quarter_of_wages
from tests.web.inside_house import Inside
from tests.web.programs import Program, program
from tests.web.sharing import shared, taken_back
from web.api.summaries import PAGE


@dataclass(slots=True)
class OwnRegister:
    """What the company keeps on its side."""

    program: Program
    shown: tuple[str, ...] = ()
    quarters: dict[str, Any] = field(default_factory=dict)
    """Also of those that are no longer shown: they are final."""
    summaries: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    read: int = 0
    """Answers that had something new in them."""

    async def pulls(self) -> None:
        """Once a day."""
        listed = await self._new("/api/v1/quarters")
        if listed is not None:
            self.shown = tuple(each["href"] for each in listed["quarters"])
        for href in self.shown:
            figures = await self._new(href)
            if figures is not None:
                self.quarters[href] = figures["figures"]
        await self._summaries()

    async def _summaries(self) -> None:
        """All pages; what is not there any more was taken back, and goes here too."""
        found: dict[str, str] = {}
        address: str | None = "/api/v1/summaries"
        while address is not None:
            told = await self.program.asks(address)
            assert told.status == 200
            found |= {each["id"]: each["summary"] for each in told.content["summaries"]}
            address = told.content["next"]
        self.summaries = found

    async def _new(self, address: str) -> Any:
        """What is there, or None where it is as it was."""
        told = await self.program.asks(address, If_None_Match=self.tags.get(address, '"none"'))
        if told.status == 304:
            assert told.content is None
            return None
        assert told.status == 200
        self.tags[address] = told.headers["ETag"]
        self.read += 1
        return told.content


async def test_a_companys_own_register_pulls_what_is_new(inside: Inside) -> None:
    own = OwnRegister(await program(inside, days=365))

    # The first day: eight quarters, in none of which anything can be shown, and no summary.
    await own.pulls()
    assert len(own.quarters) == 8
    assert own.read == 1 + 8
    assert (set(map(str, own.quarters.values())), own.summaries) == ({"[]"}, {})

    # The next day nothing is new, and nothing is sent.
    await own.pulls()
    assert own.read == 1 + 8

    # People report. Nothing of it is seen before the quarter is over.
    late = await shared(inside, "The water is bad.", until=SummaryState.OFFERED)
    for number in range(3):
        await inside.filed(theme="living_wage", told=f"CANARY-STORY {number}")
    await own.pulls()
    assert own.read == 1 + 8
    assert own.summaries == {}

    # The quarter ends: there is one more, and the list of quarters changed.
    await quarter_of_wages(inside)
    await own.pulls()
    assert own.read == 1 + 8 + 1 + 1
    assert [each["people"] for each in own.quarters["/api/v1/quarters/2026-Q3"]]

    # Two reporters say yes; one of them changes their mind later.
    wages = await shared(inside, "Wages are paid late.")
    dust = await shared(inside, "There is dust in the hall.")
    await own.pulls()
    assert own.summaries == {
        wages.id: "Wages are paid late.",
        dust.id: "There is dust in the hall.",
    }
    await taken_back(inside, dust)
    await own.pulls()
    assert own.summaries == {wages.id: "Wages are paid late."}
    assert late.id not in own.summaries
    assert "CANARY-STORY" not in str(own)


async def test_summaries_come_page_by_page_each_once(inside: Inside) -> None:
    made = [await shared(inside, f"Summary {number}.") for number in range(PAGE + 3)]
    mine = await program(inside)
    first = (await mine.asks("/api/v1/summaries")).content
    assert len(first["summaries"]) == PAGE
    second = (await mine.asks(first["next"])).content
    assert second["next"] is None
    found = [each["id"] for each in (*first["summaries"], *second["summaries"])]
    assert sorted(found) == sorted(each.id for each in made)
    assert not {each.case_ref for each in made} & set(found)
    for wrong in ("x", "A" * 26, "a" * 27, "../..", ""):
        assert (await mine.asks(f"/api/v1/summaries?after={wrong}")).status == 400
    assert (await mine.asks(f"/api/v1/summaries?after={'z' * 26}")).content["summaries"] == []


async def test_a_tag_stands_for_what_was_told_in_one_language(inside: Inside) -> None:
    mine = await program(inside)
    english = (await mine.asks("/api/v1/score")).headers["ETag"]
    dutch = (await mine.asks("/api/v1/score?language=nl")).headers["ETag"]
    assert english != dutch
    for had in (english, f"W/{english}", f'"x", {english}', "*"):
        told = await mine.asks("/api/v1/score", If_None_Match=had)
        assert (told.status, told.content) == (304, None)
        assert told.headers["ETag"] == english
    for had in (dutch, "x", '"', ""):
        assert (await mine.asks("/api/v1/score", If_None_Match=had)).status == 200
    head = await mine.asks("/api/v1/score", "HEAD")
    assert (head.status, head.headers["ETag"], head.content) == (200, english, None)
    # Nothing is told by a tag to who may not read.
    nobody = await Program(inside.base).asks("/api/v1/score", If_None_Match=english)
    assert nobody.status == 401
