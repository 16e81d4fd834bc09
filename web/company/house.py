"""What the officers' pages stand on, and whose organisation a request is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from intake.ports import Storage, Transaction
from monitoring.evaluation.framework import Framework
from monitoring.evaluation.mechanism_facts import NOT_SAID, MechanismSetup
from monitoring.evaluation.report import Report
from monitoring.evaluation.score import ScoringSettings
from monitoring.overview.company import CompanyView, company_view
from monitoring.overview.scores import score_of
from web.ports import WorkbookWriter
from web.sign_in.doorkeeper import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Everything that the pages need from outside; made by `web.desk.parts`."""

    storage: Storage
    clock: Callable[[], datetime]
    framework: Framework
    workbook: WorkbookWriter
    mechanism: MechanismSetup = NOT_SAID
    scoring: ScoringSettings | None = None
    """None: as the framework's own file proposes."""

    @property
    def today(self) -> date:
        """This day, in UTC."""
        return self.clock().date()


COMPANY = web.AppKey("company", Company)


async def view_for(request: web.Request, person: Person) -> CompanyView:
    """What the officer's own organisation may see today; 403 for one who is no longer its."""
    company = request.app[COMPANY]
    today = company.today

    def unit(tx: Transaction) -> CompanyView | None:
        own = own_organisation(tx, person)
        return None if own is None else company_view(tx, own, today)

    view = await company.storage.read(unit)
    if view is None:
        raise web.HTTPForbidden
    return view


async def report_for(request: web.Request, person: Person) -> Report:
    """The organisation's score today; 403 for an officer who is no longer its."""
    company = request.app[COMPANY]
    today = company.today

    def unit(tx: Transaction) -> Report | None:
        own = own_organisation(tx, person)
        if own is None:
            return None
        return score_of(
            tx,
            own,
            company.framework,
            today,
            mechanism=company.mechanism,
            settings=company.scoring,
        )

    report = await company.storage.read(unit)
    if report is None:
        raise web.HTTPForbidden
    return report


def own_organisation(tx: Transaction, person: Person) -> str | None:
    """The one organisation that this officer may see; no address ever names another.

    Account and register must agree: an officer who moved or left sees nothing.
    """
    officer = tx.people.officer(person.account_id)
    if officer is None or not officer.is_active:
        return None
    return officer.organisation_id if officer.organisation_id == person.organisation_id else None
