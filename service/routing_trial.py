"""A report that nobody sent, routed: who would get it, who is kept out, and what is uncertain.

`register.routing` decides, as it does for a real one; here its findings become sentences. Nothing
is written. Called by `gehoor routing try`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from locales.catalogue import catalogue
from locales.languages import language_named
from register.conflicts import ExclusionReason, Subjects
from register.particulars import Particulars
from register.people import Staff
from register.routing import (
    LEAST_READERS,
    Explanation,
    Matter,
    Purpose,
    Routing,
    Unroutable,
    Urgency,
    UrgencyReason,
    route,
)
from register.sites import Site
from service.refusals import Refused
from storage.transaction import SqlTransaction

_WORDS = catalogue("en", "desk")
_URGENCY: Mapping[UrgencyReason, str] = {
    UrgencyReason.CHILD_OR_TRAFFICKING: "it is about a child or about trafficking",
    UrgencyReason.DANGER_NOW: "somebody is in danger now",
    UrgencyReason.CHILD_LABOUR: "its theme is child labour",
    UrgencyReason.FORCED_LABOUR: "its theme is forced labour",
    UrgencyReason.DANGER_UNSURE: "somebody may be in danger",
    UrgencyReason.PUNISHED: "somebody was punished for speaking",
    UrgencyReason.NOTHING_PRESSES: "nothing in it presses",
}
_EXCLUDED: Mapping[ExclusionReason, str] = {
    ExclusionReason.TIED_TO_SITE: "has a tie to the site",
    ExclusionReason.TIED_TO_ORGANISATION: "has a tie to a company whose chain it is in",
    ExclusionReason.TIED_TO_CASE: "has a tie to the case",
    ExclusionReason.TIED_TO_PERSON: "has a tie to somebody whom it names",
    ExclusionReason.NAMED_IN_ACCOUNT: "is named in it",
    ExclusionReason.KEPT_OUT_BEFORE: "was kept out before",
    ExclusionReason.HANDLED_BEFORE: "handled it before",
}
_WALK: Mapping[Explanation, str] = {
    Explanation.CHOSEN: "{team}: takes it",
    Explanation.COVERS_NOT: "{team}: is for other themes or countries, and comes last",
    Explanation.NOBODY_AVAILABLE: "{team}: nobody in it can read",
    Explanation.ALL_EXCLUDED: "{team}: all of its members are kept out",
    Explanation.NOBODY_SPEAKS: "{team}: nobody who may read it reads {language}",
    Explanation.READERS_ADDED: "{team}: one fits best, the next best reads along",
    Explanation.RECOVERY_ONLY: "no team is left",
}
_UNROUTABLE: Mapping[Unroutable, str] = {
    Unroutable.NO_TEAM: "no fitting team has a member who can read",
    Unroutable.EVERYBODY_EXCLUDED: "everybody who could read it is kept out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was asked, and what routing says."""

    matter: Matter
    site: Site | None
    staff: Staff
    routing: Routing
    purpose: Purpose


def try_routing(
    tx: SqlTransaction,
    particulars: Particulars,
    *,
    site_code: str,
    language: str,
    today: date,
    purpose: Purpose,
) -> Trial:
    """Route such a report. `site_code` empty: it names no site. Raises `Refused` for no such."""
    site = tx.sites.by_code(site_code) if site_code else None
    if site_code and site is None:
        raise Refused(f"there is no site with the code {site_code}: `gehoor sites list` shows them")
    staff = tx.people.keys().known_to(tx.people.staff())
    matter = Matter(
        particulars=particulars,
        language=language,
        country=None if site is None else site.country,
        subjects=_subjects(tx, site),
    )
    return Trial(
        matter=matter,
        site=site,
        staff=staff,
        routing=route(matter, staff, today, purpose=purpose),
        purpose=purpose,
    )


def _subjects(tx: SqlTransaction, site: Site | None) -> Subjects:
    if site is None:
        return Subjects()
    active = {each.id for each in tx.sites.organisations() if each.is_active}
    linked = {link.organisation_id for link in tx.sites.links() if link.site_id == site.id}
    return Subjects(site_id=site.id, organisation_ids=frozenset(active & linked))


def trial_lines(trial: Trial) -> Iterator[str]:
    """The findings as lines."""
    yield _asked(trial)
    yield f"Urgency: {trial.routing.urgency}, because {_URGENCY[trial.routing.urgency_reason]}."
    yield _who(trial)
    names = {each.id: each.name for each in trial.staff.handlers}
    for excluded in trial.routing.excluded:
        yield f"Kept out: {names[excluded.handler_id]}, who {_EXCLUDED[excluded.reason]}."
    yield "How it was found:"
    for step in _walk(trial):
        yield f"  {step}"
    yield "What is uncertain:"
    for doubt in _uncertain(trial):
        yield f"  {doubt}"


def _asked(trial: Trial) -> str:
    what = "An appeal" if trial.purpose is Purpose.APPEAL else "A new report"
    where = "no site"
    if trial.site is not None:
        where = f"{trial.site.name} in {_WORDS.country(trial.site.country)}"
    theme = trial.matter.particulars.theme
    return f"{what} about {theme}, from {where}, in {_language(trial)}."


def _who(trial: Trial) -> str:
    routing = trial.routing
    if routing.unroutable is not None:
        return (
            f"NOBODY gets it: {_UNROUTABLE[routing.unroutable]}. Only the recovery key opens it, "
            "and the operator is told at once."
        )
    names = [each.name for each in trial.staff.handlers if each.id in routing.handler_ids]
    return f"It goes to the team {_team(trial, routing.team_id)}: {_WORDS.list(names)}."


def _walk(trial: Trial) -> Iterator[str]:
    for reason in trial.routing.reasons:
        yield _WALK[reason.explanation].format(
            team=_team(trial, reason.team_id), language=_language(trial)
        )


def _uncertain(trial: Trial) -> Iterator[str]:
    routing, particulars = trial.routing, trial.matter.particulars
    explained = {each.explanation for each in routing.reasons}
    yield "Whom the report names is kept out as well; that is known only when it is told."
    if trial.site is None:
        yield "Ties to a site or a company keep nobody out while no site is named."
    elif not trial.site.is_active:
        yield "The site is closed: nobody can choose it any more."
    is_urgent = routing.urgency is Urgency.URGENT
    if particulars.danger is None and not is_urgent:
        yield "Nothing was said of danger (--danger): a yes makes it urgent."
    if particulars.retaliation is None and not is_urgent:
        yield "Nothing was said of punishment (--punished): a yes makes it come sooner."
    if 0 < len(routing.handler_ids) < LEAST_READERS:
        yield "It has one reader: one illness would stop it. Put two in each team."
    if Explanation.NOBODY_SPEAKS in explained:
        yield f"Nobody of the team reads {_language(trial)}: they would need a translation."
    if trial.purpose is Purpose.APPEAL:
        yield "Whoever handled the case before is kept out of its appeal."


def _team(trial: Trial, team_id: str | None) -> str:
    return next((each.name for each in trial.staff.teams if each.id == team_id), "")


def _language(trial: Trial) -> str:
    return _WORDS.language_called(language_named(trial.matter.language))
