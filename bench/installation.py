"""A real installation in a folder, for measuring: keys, teams, handlers, a chain with sites.

Called by the programs that bench starts, each in a process of its own.
"""

from pathlib import Path
from typing import Final

from pydantic import SecretStr

from register.people import Handler
from register.sites import Category, Organisation, Site, SiteKind, SupplyLink
from sealing.identifiers import new_id
from sealing.identities import new_identity
from service.clock import today
from service.foundations import records
from service.installation import set_up
from service.settings import Settings
from storage.transaction import SqlTransaction

CONVERSATION: Final = Path(__file__).parent / "conversation"
"""The flow of twelve questions, and how people answer it."""

TOKEN: Final = "4242:loopback"
"""Of a bot that only a server on loopback knows."""

HANDLERS_A_TEAM: Final = 2
"""So a report is sealed to two handlers, the recovery key and the reporter."""
SITES: Final = 20


def settings_for(home: Path, *, api: str = "", web_port: int = 0) -> Settings:
    """Settings of an installation in `home`; with `api` (a Bot API server) it has a bot."""
    return Settings(
        home=home,
        web_port=web_port,
        telegram_token=SecretStr(TOKEN if api else ""),
        telegram_base_url=f"{api or 'http://127.0.0.1'}/bot",
        flows_folder=CONVERSATION,
    )


def furnish(settings: Settings) -> None:
    """Set it up as an operator would, if it is new: handlers in every team, sites in a chain."""
    set_up(settings, today(), lambda _: None)
    with records(settings) as kept:
        if not kept.read(lambda tx: tx.people.staff().handlers):
            kept.write(_put_handlers)
            kept.write(_put_sites)


def _put_handlers(tx: SqlTransaction) -> None:
    for team in tx.people.staff().teams:
        for number in range(HANDLERS_A_TEAM):
            handler = Handler(id=new_id(), name=f"Handler {number}", team_id=team.id)
            tx.people.put_handler(handler, new_identity().recipient)


def _put_sites(tx: SqlTransaction) -> None:
    importer = Organisation(
        id=new_id(), name="Sample Import", category=Category.C, employees=60, turnover_eur=2_000_000
    )
    tx.sites.put_organisation(importer)
    for number in range(SITES):
        site = Site(
            id=new_id(),
            code=f"S{number}",
            name=f"Sample Quarry {number}",
            country="IN",
            region="Rajasthan",
            kind=SiteKind.QUARRY,
            workers=200,
            is_risk_country=True,
        )
        tx.sites.put_site(site)
        tx.sites.put_link(
            SupplyLink(organisation_id=importer.id, site_id=site.id, product="sandstone", tier=1)
        )
