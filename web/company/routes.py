"""Which address of the officers' pages leads where. Every one of them is behind their sign-in."""

from aiohttp import web

from accounts.account import AccountRole
from web.company import (
    attesting,
    choosing,
    finding_pages,
    heat_map_page,
    involvement_pages,
    overview_page,
    register_downloads,
    register_page,
    report_pages,
    request_pages,
    score_downloads,
    score_pages,
)
from web.company.house import COMPANY, Company
from web.inside.routes import Row, Show, Take, pages_for
from web.ports import Part

ROUTES: tuple[Row, ...] = (
    Show(path="/company", handler=overview_page.show),
    Show(path="/company/register", handler=register_page.show),
    Show(path=f"{register_downloads.NUMBERS}.csv", handler=register_downloads.numbers_as_csv),
    Show(path=f"{register_downloads.NUMBERS}.xlsx", handler=register_downloads.numbers_as_workbook),
    Show(path=f"{register_downloads.SUMMARIES}.csv", handler=register_downloads.summaries_as_csv),
    Show(path="/company/heat-map", handler=heat_map_page.show),
    Show(path="/company/findings", handler=finding_pages.show_list),
    # Before the risk's own page, whose ids may hold anything.
    Show(path=involvement_pages.INVOLVEMENT, handler=involvement_pages.show),
    Take(
        path=involvement_pages.INVOLVEMENT,
        handler=involvement_pages.judge,
        words=("reason", "leverage_words", "outside_words"),
    ),
    Take(path=involvement_pages.EFFORT, handler=involvement_pages.take_effort, words=("effort",)),
    Show(path=finding_pages.FINDING, handler=finding_pages.show_one),
    Take(path=finding_pages.CHOICE, handler=choosing.decide, words=("reason",)),
    Show(path=request_pages.REQUESTS, handler=request_pages.show_list),
    Show(path=request_pages.REQUEST, handler=request_pages.show_one),
    Take(path=request_pages.REQUEST, handler=request_pages.take_answer, words=("words",)),
    Show(path=report_pages.REPORTS, handler=report_pages.show_list),
    Show(path=f"{report_pages.REPORT}.pdf", handler=report_pages.as_pdf),
    Show(path=report_pages.REPORT, handler=report_pages.show_page),
    Show(path=score_pages.SCORE, handler=score_pages.show),
    Show(path=f"{score_pages.SCORE}/print", handler=score_pages.show_print),
    Show(path=f"{score_downloads.EVIDENCE}.csv", handler=score_downloads.as_csv),
    Show(path=f"{score_downloads.EVIDENCE}.xlsx", handler=score_downloads.as_workbook),
    Show(path=score_pages.QUESTION, handler=score_pages.show_question),
    Take(path=score_pages.QUESTION, handler=attesting.state),
    Take(path=f"{score_pages.QUESTION}/withdraw", handler=attesting.withdraw),
)


def company_pages(company: Company) -> Part:
    """The pages as a part of the application; after `web.inside.entrance.sign_in_pages`."""

    def put(app: web.Application) -> None:
        app[COMPANY] = company
        pages_for(app, AccountRole.OFFICER, ROUTES)

    return put
