"""The form in which a handler says what a case is about, how grave it is, whose doing, and why."""

from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from monitoring.overview.changes import case_changed
from register.classification import Involvement, RootCause
from register.classifying import ClassificationRefused, Reading, classify
from register.particulars import Group, People, Theme
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.handling_words import CLASSIFICATION_REFUSALS
from web.desk.moves import answered
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

Code = TypeVar("Code", bound=StrEnum)


async def take_classification(
    request: web.Request, person: Person, form: Form
) -> web.StreamResponse:
    """The case classified, with its reasons sealed; figures and heat map follow at once."""
    ref, reasons, paper_id = ref_in(request), form.one("reasons"), new_id()
    reading = _reading(form)

    def work(acting: Acting) -> Outcome:
        made = classify(
            acting.case,
            reading,
            reasons,
            acting.desk.actor,
            acting.today,
            paper_id=paper_id,
            keys=acting.tx.people.keys(),
            language=person.language,
        )
        if isinstance(made, ClassificationRefused):
            return NotDone(reason=CLASSIFICATION_REFUSALS[made.reason], field="classification")
        acting.tx.cases.keep(made.case, made.entry)
        acting.tx.papers.add(made.paper)
        case_changed(acting.tx, made.case, acting.today)
        return Done(what="classified")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "reasons")


def _reading(form: Form) -> Reading:
    main = _one(form, "theme", Theme)
    also = tuple(theme for theme in Theme if form.one(f"also_{theme}"))
    return Reading(
        themes=() if main is None else (main, *(each for each in also if each is not main)),
        gravity=_grade(form, "gravity"),
        scope=_grade(form, "scope"),
        irremediability=_grade(form, "irremediability"),
        likelihood=_grade(form, "likelihood"),
        involvement=_one(form, "involvement", Involvement),
        root_causes=frozenset(cause for cause in RootCause if form.one(f"cause_{cause}")),
        people=_one(form, "people", People) or People.UNKNOWN,
        group=_one(form, "group", Group) or Group.UNSAID,
    )


def _one(form: Form, name: str, codes: type[Code]) -> Code | None:
    value = form.one(name)
    return codes(value) if value in codes.__members__.values() else None


def _grade(form: Form, name: str) -> int | None:
    value = form.one(name)
    return int(value) if len(value) == 1 and value.isascii() and value.isdigit() else None
