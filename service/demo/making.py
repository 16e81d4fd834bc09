"""Makes the sample installation: once, in a folder of its own, in a few seconds.

    card = make_sample(settings, today)      # raises ScriptError, and what `set_up` raises

Called by `command`. Everything goes through the functions that real life goes through, on the days
that the script says; nothing is written into tables past them.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.hall import Hall
from register.people import Team
from sealing.stretching import PRODUCTION_COST, Argon2Cost
from sealing.suites import Suite
from service.chore_list import checkpoint_logs, refresh_organisations, release_quarters
from service.demo.card import Card, ShownInvitation, ShownReceipt, ShownSite, begin_card, write_card
from service.demo.cast import Player, keep_players, make_players
from service.demo.chain import Furnished, furnish
from service.demo.company_side import add_all
from service.demo.consulting import consult_all
from service.demo.filing import file_all
from service.demo.handling import handle_all
from service.demo.plan import plan
from service.demo.referring import put_referrals
from service.demo.script import Script, read_script
from service.demo.stage import Stage
from service.foundations import records
from service.installation import HOME_MODE, set_up
from service.people import PeopleMaker
from service.settings import Settings
from service.wiring import House, open_house
from storage.transaction import SqlTransaction

SEED = "gehoor"
"""Draws the days on which things are told. The same day and seed give the same sample."""
_POSTERS = ("RJ1", "FJ1", "TH1", "AF1", "ES1", "CA1", "KA1", "WV1")
"""Sites whose poster links stand on the card: one for each language."""


def make_sample(
    settings: Settings, today: date, *, seed: str = SEED, cost: Argon2Cost = PRODUCTION_COST
) -> Card:
    """Make it in the home folder of these settings, which is empty or not there yet.

    `cost` is that of a guess at a pass phrase or a receipt; another one is for tests alone, since
    whoever serves the sample looks receipts up at the real one.
    """
    making = _Making(settings=settings, script=read_script(), today=today, seed=seed, cost=cost)
    settings.home.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
    begin_card(settings.home)
    recovery: list[str] = []
    set_up(settings, today, recovery.append)
    furnished, players = making.people_and_places()
    receipts, invitations = asyncio.run(making.events(furnished, players))
    card = Card(
        made_on=today,
        logins=tuple(player.login for player in players),
        receipts=receipts,
        invitations=invitations,
        sites=tuple(ShownSite(code=code, name=furnished.sites[code].name) for code in _POSTERS),
        recovery="\n".join(recovery),
    )
    write_card(settings.home, card)
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class _Making:
    """What is made, and how."""

    settings: Settings
    script: Script
    today: date
    seed: str
    cost: Argon2Cost

    def people_and_places(self) -> tuple[Furnished, tuple[Player, ...]]:
        """Everything that an operator enters before anybody reports."""
        with records(self.settings) as kept:
            furnished = kept.write(lambda tx: furnish(tx, self.script.chain))
            kept.write(lambda tx: put_referrals(tx, self.today))
            maker = PeopleMaker(
                key_ring=kept.key_ring,
                suite=Suite(self.settings.key_exchange),
                cost=self.cost,
            )
            players = make_players(
                self.script.cast, furnished, kept.read(_teams), maker, self.today
            )
            kept.write(lambda tx: keep_players(tx, players))
        return furnished, players

    async def events(
        self, furnished: Furnished, players: Sequence[Player]
    ) -> tuple[tuple[ShownReceipt, ...], tuple[ShownInvitation, ...]]:
        """What happened from the first report until today."""
        house = open_house(self.settings, receipt_cost=self.cost)
        try:
            stage = Stage(
                house=house,
                hall=_hall(house),
                script=self.script,
                furnished=furnished,
                today=self.today,
            )
            planned = plan(self.script.stories, self.today, self.seed)
            receipts = await file_all(stage, planned)
            await handle_all(stage, planned, players)
            invitations = await consult_all(stage)
            await add_all(stage)
            await release_quarters(house, self.today)
            await refresh_organisations(house, self.today)
            await checkpoint_logs(house, self.today)
        finally:
            await house.close()
        return receipts, invitations


def _teams(tx: SqlTransaction) -> dict[str, Team]:
    return {team.kind.value: team for team in tx.people.staff().teams}


def _hall(house: House) -> Hall:
    return Hall(
        library=house.library,
        sites=house.sites.current,
        key_ring=house.key_ring,
        random=random.SystemRandom().random,
        draft_days=house.settings.draft_days,
        timetable=house.settings.timetable,
    )
