"""A furnished installation behind the sign-in, served to a real browser, and its pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from flows.submission import AccountEntry
from flows.values import Text
from register.case import Actor
from register.consent import PartAnswer, said_to_all
from register.people import Role
from register.requests import RequestKind, ask
from register.summary import SummaryAction, change, decide, draft
from sealing.identifiers import new_id
from tests.browser.served import ServedInside
from tests.house import ASHA, IMPORTER, QUARRY
from tests.intake.recordings.samples import ogg
from tests.web.company.test_pages import TOLD
from tests.web.desk.test_unsent import did_not_arrive
from tests.web.inside_house import OLGA, PASSPHRASE, Filed, inside_house
from web.company.report_content import ReportKind

MOST_MILLISECONDS = 60_000
"""Whatever takes longer hangs."""
expect.set_options(timeout=MOST_MILLISECONDS)

SUMMARY = "At this site doors are locked while people work."

OFFICERS_PAGES = (
    "/company",
    "/company/register",
    "/company/heat-map",
    "/company/findings",
    f"/company/findings/{QUARRY.id}.living_wage",
    f"/company/findings/{QUARRY.id}.living_wage/involvement",
    "/company/score",
    "/company/score/print",
    "/company/score/questions/1.1.8",
    "/company/reports",
    "/company/reports/risks.pdf",
    *(f"/company/reports/{kind}" for kind in ReportKind),
)


@dataclass
class Office(ServedInside):
    """A furnished installation, and a case in it."""

    filed: Filed = field(init=False)
    photo: str = field(init=False)
    """The blob of a photo in it."""
    asked: str = field(init=False)
    """The address of what the company is asked about it."""

    @asynccontextmanager
    async def opened(self, home: Path) -> AsyncIterator[None]:
        async with inside_house(home) as self.inside:
            for theme, people in TOLD:
                for _ in range(people):
                    await self.inside.filed(theme=theme)
            await self.inside.closes_quarter()
            files = (
                await self.inside.photo(),
                await self.inside.upload("v.ogg", ogg()),
            )
            self.photo = files[0].blob
            label = Text(msgid="Do you want to add photos or recordings?")
            self.filed = await self.inside.filed(
                AccountEntry(path="photos", label=label, value=files), danger="unsure"
            )
            self.asked = await self._asked()
            await did_not_arrive(self.inside, to=ASHA.id)
            yield

    async def _asked(self) -> str:
        """The case is shared with the company, which is asked something; the request's address."""
        ref, today = self.filed.case.ref, self.inside.house.clock.today
        handler = Actor(role=Role.HANDLER, id=ASHA.id)

        def work(tx: Any) -> str:
            case = tx.cases.get(ref)
            reporter, keys = tx.cases.reporter(ref), tx.people.keys()
            summary = draft(
                case, SUMMARY, handler, today, summary_id=new_id(), keys=keys, reporter=reporter
            )
            said = said_to_all(SUMMARY, PartAnswer.YES, version=summary.version)
            for step in (
                partial(change, action=SummaryAction.OFFER, actor=handler, today=today),
                partial(decide, said=said, today=today, keys=keys, reporter=reporter),
                partial(
                    change, action=SummaryAction.SHARE, actor=handler, today=today, words=SUMMARY
                ),
            ):
                changed = step(summary, case)
                summary, case = changed.summary, changed.case
                tx.cases.keep(case, changed.entry)
            tx.summaries.put(summary)
            asked = ask(
                case,
                summary,
                RequestKind.STOP,
                "Please see that the doors are open.",
                today + timedelta(days=9),
                handler,
                today,
                request_id=new_id(),
                organisation_id=IMPORTER.id,
            )
            tx.cases.keep(asked.case, asked.entry)
            tx.requests.put(asked.request)
            return f"/company/requests/{asked.request.id}"

        return await self.inside.house.database.transaction(work)


def opened(browser: Browser, office: ServedInside, person: str, **options: Any) -> Page:
    """A new browser in which this person is signed in."""
    options.setdefault("viewport", {"width": 360, "height": 740})
    context = browser.new_context(base_url=office.inside.base, **options)
    context.set_default_timeout(MOST_MILLISECONDS)
    page = context.new_page()
    page.goto("/sign-in")
    office.inside.house.clock.now += timedelta(seconds=30)
    page.get_by_label("Account name").fill(office.inside.names[person])
    page.get_by_label("Pass phrase").fill(PASSPHRASE)
    page.get_by_label("Code").fill(office.inside.code(person))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    return page


def pages_of(person: str, office: Office) -> tuple[str, ...]:
    if person == OLGA.id:
        return (*OFFICERS_PAGES, "/company/requests", office.asked)
    case = office.filed.address
    return (
        "/desk",
        "/desk/unlock",
        case,
        f"{case}/company",
        f"{case}/extract",
        "/desk/ties",
        "/desk/unsent",
        "/desk/holds",
        "/desk?status=closed",
        f"{case}/files/{office.photo}/original",
    )
