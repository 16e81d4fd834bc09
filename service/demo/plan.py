"""Who tells what on which day: the cases to be filed, worked out before any of them is.

The same script, day and seed give the same plan. Called by `making`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from random import Random

from register.quarters import Quarter
from service.demo.naming import sample_id
from service.demo.script import Answers, Course, ScriptError, Stories, Story

_RUNNING_DAYS = 45
_LEAST_DAYS = 14
"""At the beginning of a quarter there are few days yet; then some of the one before are taken."""
_EARLY_DAYS = 14
"""Stories that are shown are told at the beginning of their time, so that much has happened."""
_HOURS = (5, 21)
_OWN_WORDS = frozenset(
    {"story", "retaliation_words", "site_words", "contact_name", "contact_reach"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCase:
    """One case to file, and what becomes of it."""

    ref: str
    story: str
    """The key of its story, and its number within it."""
    reporter: str
    """Tells this invented person from others."""
    site: str | None
    """The code of the site."""
    language: str
    told_at: datetime
    course: str
    answers: Answers = field(repr=False)
    writes_back: str = field(default="", repr=False)
    summary: str = field(default="", repr=False)
    summary_said: tuple[str, ...] = field(default=(), repr=False)
    """What the reporter says to each part of it; yes to all where nothing is said."""
    shown: str = ""

    @property
    def day(self) -> date:
        """The day on which it is filed."""
        return self.told_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One step of one case on its day."""

    case: PlannedCase
    day: date
    step: str


def turns(case: PlannedCase, course: Course, today: date) -> tuple[Turn, ...]:
    """The steps that have been taken by now, in their order."""
    taken: list[Turn] = []
    day = case.day
    for days, step in course:
        day += timedelta(days=days)
        if day > today:
            break
        taken.append(Turn(case=case, day=day, step=step))
    return tuple(taken)


def plan(stories: Stories, today: date, seed: str) -> tuple[PlannedCase, ...]:
    """All cases, in the order of their days."""
    cases = [case for story in stories.stories for case in _of_story(story, today, seed)]
    return tuple(sorted(cases, key=lambda case: (case.told_at, case.ref)))


def _of_story(story: Story, today: date, seed: str) -> Iterator[PlannedCase]:
    # Only where days fall is drawn, nothing that protects anybody.
    draw = Random(f"{seed} {today} {story.key}")  # nosec B311  # no secret
    courses = cycle(story.courses)
    days = _days(story, today)
    for number, differs in enumerate(({}, *story.also)):
        said = {**(story.answers if number == 0 else _shared(story.answers)), **differs}
        site = said.pop("site", story.site)
        name = f"{story.key}/{number}"
        is_first = number == 0
        is_shown = is_first and bool(story.shown)
        yield PlannedCase(
            ref=sample_id("case", name),
            story=name,
            reporter=sample_id("reporter", name),
            site=site if isinstance(site, str) else None,
            language=story.language,
            told_at=_moment(draw, draw.choice(days[:_EARLY_DAYS] if is_shown else days)),
            course=next(courses),
            answers=said,
            writes_back=story.writes_back if is_first else "",
            summary=story.summary if is_first else "",
            summary_said=story.summary_said,
            shown=story.shown if is_first else "",
        )


def _shared(answers: Answers) -> Answers:
    """What others answer alike: everything but words, which are each person's own."""
    return {name: answer for name, answer in answers.items() if name not in _OWN_WORDS}


def _days(story: Story, today: date) -> list[date]:
    """The days on which it may be told."""
    if story.ago is not None:
        return [today - timedelta(days=story.ago)]
    running = Quarter.of(today).first_day
    match story.when:
        case "closed":
            quarter = Quarter.of(running - timedelta(days=1))
            return _between(quarter.first_day, quarter.last_day)
        case "running":
            yesterday = today - timedelta(days=1)
            latest = today - timedelta(days=_LEAST_DAYS)
            return _between(
                min(max(running, today - timedelta(days=_RUNNING_DAYS)), latest), yesterday
            )
        case other:
            raise ScriptError(f"{story.key}: told {other}, which is no time")


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _moment(draw: Random, day: date) -> datetime:
    at = time(draw.randrange(*_HOURS), draw.randrange(60))
    return datetime.combine(day, at, UTC)
