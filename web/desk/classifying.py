"""The form in which a handler says what a case is about, how grave it is, whose doing, and why."""

from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from monitoring.overview.changes import case_changed
from register.classification import Involvement, RootCause
from register.classifying import (
    ClassificationRefusal,
    ClassificationRefused,
    Reading,
    Reasons,
    classify,
)
from register.particulars import Group, People, Theme
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.handling_words import CLASSIFICATION_REFUSALS
from web.desk.moves import answered
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

_OF_INVOLVEMENT = frozenset(
    {
        ClassificationRefusal.INVOLVEMENT_REASONS_MISSING,
        ClassificationRefusal.INVOLVEMENT_REASONS_TOO_LONG,
    }
)
_FIELDS = (
    *("reasons", "involvement_reasons", "theme", "people", "group", "involvement"),
    *("gravity", "scope", "irremediability", "likelihood"),
    *(f"also_{theme}" for theme in Theme),
    *(f"cause_{cause}" for cause in RootCause),
)
"""What stands in the form again where it was not kept."""

Code = TypeVar("Code", bound=StrEnum)


async def take_classification(
    request: web.Request, person: Person, form: Form
) -> web.StreamResponse:
    """The case classified, with its reasons sealed; figures and heat map follow at once."""
    ref, paper_ids = ref_in(request), (new_id(), new_id())
    reading = _reading(form)
    reasons = Reasons(grades=form.one("reasons"), involvement=form.one("involvement_reasons"))

    def work(acting: Acting) -> Outcome:
        made = classify(
            acting.case,
            reading,
            reasons,
            acting.desk.actor,
            acting.today,
            paper_ids=paper_ids,
            keys=acting.tx.people.keys(),
            language=person.language,
        )
        if isinstance(made, ClassificationRefused):
            field = "involvement_reasons" if made.reason in _OF_INVOLVEMENT else "classification"
            return NotDone(reason=CLASSIFICATION_REFUSALS[made.reason], field=field)
        for each in made:
            acting.tx.cases.keep(each.case, each.entry)
            acting.tx.papers.add(each.paper)
        case_changed(acting.tx, made[-1].case, acting.today)
        return Done(what="classified")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, *_FIELDS)


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
