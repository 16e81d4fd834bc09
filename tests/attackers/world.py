"""A real installation in which a story happens, with an officer and a program of each company."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from accounts.account import Credentials, NewAccount, new_officer_account
from flows.submission import AccountEntry, Submission
from flows.values import Text
from monitoring.overview.changes import case_changed
from monitoring.overview.organisations import refresh_organisation
from monitoring.overview.releasing import due_releases, release_quarter
from register.case import Actor
from register.classifying import ClassificationRefused, Reading, Reasons, classify
from register.directory import SiteDirectory
from register.filing import Office, file
from register.people import Officer, Role
from register.quarters import Quarter
from register.sites import Organisation, SupplyLink
from register.transitions import Action, Moved, move
from sealing.identifiers import new_id
from sealing.receipts import mint
from sealing.stretching import TEST_COST
from tests.attackers.gathering import Gathered, gather
from tests.attackers.story import SITES, Story, Told
from tests.house import IMPORTER
from tests.web.inside_house import OLGA, OTHER, PASSPHRASE, RIVAL, Inside, inside_house
from tests.web.programs import Program, program
from tests.web.visiting import Visiting

LATE = Organisation(id="late".ljust(26, "a"), name="Late Importer")
LENA = Officer(id="lena".ljust(26, "a"), name="Lena Officer", organisation_id=LATE.id)
COMPANIES = {"importer": (IMPORTER, OLGA), "other": (OTHER, RIVAL), "late": (LATE, LENA)}
FIRST, SECOND = Quarter(year=2026, number=3), Quarter(year=2026, number=4)
"""The two quarters of a story."""


Look: TypeAlias = Callable[["World"], Awaitable[None]]
"""Somebody looks about in the world as it is now."""

SALT = b"a salt for the attackers"
"""The same each time, so that a find can be repeated."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What was counted, and what the companies have in the end."""

    counted: tuple[list[Told], list[Told]] = field(default_factory=lambda: ([], []))
    """By quarter: what was told of a site that some company had in its chain."""
    gathered: dict[tuple[str, Quarter], Gathered] = field(default_factory=dict)
    inside: Inside
    reach: dict[str, tuple[Visiting, Program]]


@dataclass(slots=True)
class World:
    """The installation while the story goes on."""

    inside: Inside
    story: Story
    chains: dict[str, tuple[str, ...]]
    refs: dict[tuple[Told, int], str] = field(default_factory=dict)
    look: Look | None = None
    """What is done when a quarter is over and not released yet."""

    async def has(self, name: str, sites: Iterable[str]) -> None:
        """These sites come into the chain of a company."""
        organisation, _ = COMPANIES[name]
        new = tuple(sites)
        self.chains[name] = tuple(dict.fromkeys((*self.chains.get(name, ()), *new)))

        def work(tx: Any) -> None:
            for site_id in new:
                tx.sites.put_link(SupplyLink(organisation_id=organisation.id, site_id=site_id))

        await self.inside.house.database.transaction(work)

    async def tell(self, told: Iterable[Told]) -> list[Told]:
        """Each is filed and acknowledged at once; those of a site that some company has."""
        listed = list(told)
        links = await self.inside.house.database.read(lambda tx: tuple(tx.sites.links()))
        known = [COMPANIES[name][0] for name in self.chains]
        directory = SiteDirectory(SITES.values(), known, links)

        def work(tx: Any) -> None:
            for each in listed:
                for number in range(2 if each.again else 1):
                    self.refs[each, number] = self._file(tx, directory, each)

        await self.inside.house.database.transaction(work)
        heard = {site for sites in self.chains.values() for site in sites}
        return [each for each in listed if each.site in heard]

    def _file(self, tx: Any, directory: SiteDirectory, told: Told) -> str:
        house, today = self.inside.house, self.inside.house.clock.today
        words = AccountEntry(path="story", label=Text(msgid="What happened?"), value="CANARY")
        codes = {"site": told.site, "theme": told.theme.value, "group": told.group.value}
        filing = file(
            Submission(
                flow="grievance", version=1, language="hi", particulars=codes, account=(words,)
            ),
            Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=directory),
            case_ref=new_id(),
            now=house.clock.now,
            receipt=mint(self.inside.terms),
            reporter_tag=house.key_ring.pseudonym("reporter", told.person),
        )
        tx.cases.add(filing)
        actor = Actor(role=Role.HANDLER, id=filing.case.handler_ids[0])
        moved = move(filing.case, Action.ACKNOWLEDGE, actor, today)
        assert isinstance(moved, Moved)
        tx.cases.keep(moved.case, moved.entry)
        case_changed(tx, moved.case, today)
        return filing.case.ref

    async def change(self, told: Iterable[Told]) -> None:
        """A handler finds some to be about something else; some are taken back."""
        changing = [each for each in told if each.later or each.is_withdrawn]

        def work(tx: Any) -> None:
            for each in changing:
                for number in range(2 if each.again else 1):
                    self._change(tx, self.refs[each, number], each)

        await self.inside.house.database.transaction(work)

    def _change(self, tx: Any, ref: str, told: Told) -> None:
        today = self.inside.house.clock.today
        case = tx.cases.get(ref)
        if told.later is not None:
            reading = Reading(
                themes=(told.later,), gravity=3, scope=3, irremediability=3, likelihood=3
            )
            classified = classify(
                case,
                reading,
                Reasons(grades="as it was told"),
                Actor(role=Role.HANDLER, id=case.handler_ids[0]),
                today,
                paper_ids=(new_id(), new_id()),
                keys=tx.people.keys(),
                language="en",
            )
            assert not isinstance(classified, ClassificationRefused), classified
            for written in classified:
                tx.cases.keep(written.case, written.entry)
                tx.papers.add(written.paper)
                case = written.case
        if told.is_withdrawn:
            actor = Actor(role=Role.REPORTER)
            moved = move(case, Action.WITHDRAW, actor, today)
            assert isinstance(moved, Moved), moved
            tx.cases.keep(moved.case, moved.entry)
            case = moved.case
        case_changed(tx, case, today)

    async def passes_a_quarter(self) -> None:
        """The round of the first weeks after it."""
        self.inside.house.clock.pass_days(92)
        if self.look is not None:
            await self.look(self)
        today = self.inside.house.clock.today

        def work(tx: Any) -> None:
            for organisation_id, quarter in due_releases(tx, today):
                release_quarter(tx, organisation_id, quarter, today, salt=SALT)
            for organisation in tuple(tx.sites.organisations()):
                refresh_organisation(tx, organisation.id, today)

        await self.inside.house.database.transaction(work)

    async def reach(self, name: str) -> tuple[Visiting, Program]:
        """The officer, signed in now, and the program of a company."""
        organisation, officer = COMPANIES[name]
        visitor = await self.inside.signs_in(officer.id)
        return visitor, await program(self.inside, organisation_id=organisation.id)


async def _nothing(_world: World) -> None:
    """Nobody looks."""


async def happens(told: Story, home: Path, stack: AsyncExitStack, look: Look = _nothing) -> Outcome:
    """The story from its beginning, and what everybody has at its end.

    `look` is called whenever something has changed: while a quarter goes on, when it is over and
    not released, when it is released, when cases change and somebody comes after that.
    """
    inside = await stack.enter_async_context(inside_house(home))
    world = World(inside, told, {}, look=look)
    outcome = Outcome(inside=inside, reach={})
    await inside.house.database.transaction(
        lambda tx: [tx.sites.put_site(s) for s in SITES.values()]
    )
    for name in ("importer", "other"):
        await world.has(name, told.chains[name])
    outcome.counted[0][:] = await world.tell(each for each in told.told if each.quarter == 0)
    if told.joins is not None:
        name, site = told.joins
        await world.has(name, (site,))
    await look(world)
    await world.passes_a_quarter()
    await look(world)
    for name in ("importer", "other"):
        outcome.gathered[name, FIRST] = await gather(*await world.reach(name), str(FIRST))
    await world.change(outcome.counted[0])
    await inside.house.database.transaction(lambda tx: _comes(tx, inside))
    await world.has("late", told.chains["late"])
    outcome.counted[1][:] = await world.tell(each for each in told.told if each.quarter == 1)
    await look(world)
    await world.passes_a_quarter()
    await look(world)
    for name in COMPANIES:
        outcome.reach[name] = reached = await world.reach(name)
        for quarter in (FIRST, SECOND):
            found = await gather(*reached, str(quarter))
            before = outcome.gathered.setdefault((name, quarter), found)
            assert found == before, "a quarter that was released has changed"
    return outcome


def _comes(tx: Any, inside: Inside) -> None:
    """A company that was not there before, with its officer."""
    tx.sites.put_organisation(LATE)
    tx.people.put_officer(LENA)
    new = new_officer_account(
        LENA,
        Credentials(name=LENA.name, passphrase=PASSPHRASE),
        key_ring=inside.house.key_ring,
        service_name="Gehoor",
        cost=TEST_COST,
    )
    assert isinstance(new, NewAccount)
    inside.accounts[LENA.id], inside.names[LENA.id] = new.account, LENA.name
    tx.accounts.put(new.account)
