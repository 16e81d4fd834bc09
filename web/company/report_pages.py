"""Reports to take away: as PDF, or as a page that the browser prints.

Both are made of the same template. Where nothing can be printed here, a page says so and offers
the other.
"""

from collections.abc import Mapping, Sequence

from aiohttp import web
from markupsafe import Markup

from locales.files import Domain
from locales.languages import language_named
from locales.marking import N_
from monitoring.overview.company import CompanyView, QuarterView
from web.assets import ASSETS
from web.company.house import COMPANY, evaluation_for, view_for
from web.company.report_content import REPORT_TITLES, YEAR, Report, ReportKind, report_content
from web.company.request_pages import own_requests
from web.faults import FaultWords
from web.inside.frame import inside, words_of
from web.inside.headers import POLICY, SANDBOXED
from web.pages import PAGES, html_tag, page
from web.ports import PrintingFault
from web.sign_in.doorkeeper import Person

REPORTS = "/company/reports"
REPORT = f"{REPORTS}/{{report:[a-z]{{1,20}}}}"
_STYLE = "report.css"
_TEMPLATE = "company/report/report.html"
_OF_A_QUARTER = frozenset({ReportKind.FIGURES})

WHAT: Mapping[ReportKind, str] = {
    ReportKind.ANNUAL: N_("All of the parts below, of the last four quarters that are over."),
    ReportKind.FIGURES: N_("The numbers of one quarter, with what may not be shown marked so."),
    ReportKind.LIMITS: N_("How many time limits the desk kept, quarter by quarter."),
    ReportKind.RISKS: N_("The heat map as a picture, and each risk with why it has its place."),
    ReportKind.REQUESTS: N_("Each thing that you were asked about cases, and your answers."),
    ReportKind.SCORE: N_("Each question with its answer, and which evidence of which day."),
}
FAULTS: Mapping[PrintingFault, FaultWords] = {
    PrintingFault.NOT_INSTALLED: FaultWords(
        title=N_("PDF files cannot be made here"),
        text=N_(
            "The operator has not installed what printing needs. Open the report as a page and "
            "print it from your browser; there you can also choose to keep it as PDF."
        ),
    ),
    PrintingFault.BUSY: FaultWords(
        title=N_("A report is being made already"),
        text=N_("Only one is made at a time for your company. Wait a moment, then try again."),
    ),
    PrintingFault.FAILED: FaultWords(
        title=N_("This did not work"),
        text=N_(
            "The PDF could not be made. Open the report as a page and print it from your browser."
        ),
    ),
}


async def show_list(request: web.Request, person: Person) -> web.StreamResponse:
    """Which reports there are, and what is in each."""
    view, words = await view_for(request, person), words_of(person)
    return inside(
        request,
        person,
        "company/reports.html",
        here=REPORTS,
        reports=tuple(
            (
                f"{REPORTS}/{kind}",
                words.text(REPORT_TITLES[kind]),
                words.text(WHAT[kind]),
                tuple(str(each.quarter) for each in view.quarters) if kind in _OF_A_QUARTER else (),
            )
            for kind in ReportKind
        ),
    )


async def show_page(request: web.Request, person: Person) -> web.StreamResponse:
    """The report as a page; 404 for one that there is not."""
    report = await _report(request, person)
    return page(
        request,
        _TEMPLATE,
        language=person.language,
        domain=Domain.DESK,
        context={"report": report, "style": ""},
    )


async def as_pdf(request: web.Request, person: Person) -> web.StreamResponse:
    """The report as PDF, or a page that says why not."""
    report = await _report(request, person)
    # A file of ours.
    style = Markup(request.app[ASSETS].text(_STYLE))  # nosec B704  # nobody else's words are in it
    html = request.app[PAGES].render(
        _TEMPLATE,
        language=person.language,
        domain=Domain.DESK,
        context={"report": report, "style": style},
    )
    organisation_id = person.organisation_id or ""
    room = request.app[COMPANY].print_room
    made = await room.printed(organisation_id, html, person.language)
    if isinstance(made, PrintingFault):
        return inside(
            request,
            person,
            "company/no_report.html",
            status=409,
            here=REPORTS,
            words=FAULTS[made],
            address=request.rel_url.with_path(f"{REPORTS}/{report.kind}", keep_query=True),
        )
    request[POLICY] = SANDBOXED
    return web.Response(
        body=made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="report-{report.kind}.pdf"',
            "Content-Language": html_tag(language_named(person.language)),
        },
    )


async def _report(request: web.Request, person: Person) -> Report:
    asked = request.match_info["report"]
    if asked not in ReportKind.__members__.values():
        raise web.HTTPNotFound
    kind, view = ReportKind(asked), await view_for(request, person)
    requests = await request.app[COMPANY].storage.read(lambda tx: own_requests(tx, person))
    return report_content(
        kind,
        view,
        _quarters(request, kind, view),
        await evaluation_for(request, person),
        tuple(each for each, _ in requests),
        words=words_of(person),
        language=person.language,
    )


def _quarters(request: web.Request, kind: ReportKind, view: CompanyView) -> Sequence[QuarterView]:
    """Those that the report tells of; 404 for a quarter that is not shown."""
    match kind:
        case ReportKind.ANNUAL:
            return view.quarters[:YEAR]
        case ReportKind.FIGURES:
            asked = request.query.get("quarter", str(view.quarters[0].quarter))
            found = tuple(each for each in view.quarters if str(each.quarter) == asked)
            if not found:
                raise web.HTTPNotFound
            return found
        case _:
            return view.quarters
