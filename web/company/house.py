"""What the officers' pages stand on, and whose organisation a request is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from intake.ports import Storage, Transaction
from monitoring.evaluation.facts import facts_of
from monitoring.evaluation.framework import Framework
from monitoring.evaluation.mechanism_facts import NOT_SAID, MechanismSetup
from monitoring.evaluation.register_facts import RegisterFacts
from monitoring.evaluation.report import Report
from monitoring.evaluation.score import ScoringSettings
from monitoring.overview.company import CompanyView, company_view
from monitoring.overview.scores import score_from
from web.company.print_room import PrintRoom
from web.ports import WorkbookWriter
from web.sign_in.doorkeeper import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Everything that the pages need from outside; made by `web.desk.parts`."""

    storage: Storage
    clock: Callable[[], datetime]
    framework: Framework
    workbook: WorkbookWriter
    print_room: PrintRoom
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A score, and the facts that it was given for."""

    report: Report
    facts: RegisterFacts


async def evaluation_for(request: web.Request, person: Person) -> Evaluation:
    """The organisation's score today; 403 for an officer who is no longer its."""
    company = request.app[COMPANY]
    today = company.today

    def unit(tx: Transaction) -> Evaluation | None:
        own = own_organisation(tx, person)
        if own is None:
            return None
        facts = facts_of(tx, own, today, mechanism=company.mechanism)
        report = score_from(tx, own, company.framework, facts, today, settings=company.scoring)
        return None if report is None else Evaluation(report=report, facts=facts)

    evaluation = await company.storage.read(unit)
    if evaluation is None:
        raise web.HTTPForbidden
    return evaluation


def own_organisation(tx: Transaction, person: Person) -> str | None:
    """The one organisation that this officer may see; no address ever names another.

    Account and register must agree: an officer who moved or left sees nothing.
    """
    officer = tx.people.officer(person.account_id)
    if officer is None or not officer.is_active:
        return None
    return officer.organisation_id if officer.organisation_id == person.organisation_id else None
