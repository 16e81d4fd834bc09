"""Findings: a risk or harm at one place and theme, with all that is known and who thinks what.

Gathered from tallies and ratings whenever signals change, kept by
`monitoring.ports.FindingShelf`, put in order by `monitoring.risk.priorities`.

Theory. Three views stand beside each other and none erases another: the estimate (what reports
and ratings weigh by the tables), the stakeholders' ratings with their dissent (R94), and the
judgements of people. The latest judgement overrides the estimate that it saw. If reports that
come later raise the estimate above that, the finding rises with them until somebody judges
again: a judgement answers for what was known, not for what came after (G23).

Worked example. Twelve reports make an estimate of gravity 4. An analyst visits, sees that masks
are worn, and judges gravity 3: the finding has 3, and the 4 stays in sight. A week later somebody
reports danger to life: the estimate is 5, more than the 4 that was judged, so the finding has
gravity 5 and asks for a new judgement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from consultations.ratings import StakeholderRating
from monitoring.risk.estimate import estimate
from monitoring.risk.matrix import RISK_MATRIX, Priority
from monitoring.risk.scales import Scale
from monitoring.risk.severity import Weight, weight_of
from monitoring.risk.stakeholders import NOBODY_RATED, StakeholderView, stakeholder_view
from monitoring.signals import SignalKind, Subject, at_site
from monitoring.tallies import Tally
from register.particulars import Group, Theme

FindingKey: TypeAlias = tuple[Subject, Theme]

VULNERABLE = frozenset({Group.WOMEN, Group.CHILDREN, Group.MIGRANTS})
"""Who gets an extra eye (R99)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person made of a finding, when, and why. Earlier ones are kept."""

    day: date
    by: str
    """The id of the person who judged."""
    weight: Weight
    reason: str = field(repr=False)
    basis: Weight
    """The estimate as it stood then."""
    is_for_company: bool = False
    """Whether who judged took care that it points at nobody, and lets the company see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One subject and theme, with every source, rating and judgement."""

    subject: Subject
    theme: Theme
    estimate: Weight
    stakeholders: StakeholderView = NOBODY_RATED
    judgements: tuple[Judgement, ...] = ()
    """In the order in which they were made."""
    sources: tuple[Tally, ...] = ()
    """Ordered by key. What was dismissed or dealt with is among them."""

    @property
    def key(self) -> FindingKey:
        """What there is one finding of."""
        return (self.subject, self.theme)

    @property
    def id(self) -> str:
        """The key as one word, fit for an address."""
        return f"{self.subject.id}.{self.theme}"

    @property
    def weight(self) -> Weight:
        """What the finding weighs now: the last judgement, raised by what came after it."""
        return in_force(self.estimate, self.judgements)

    @property
    def severity(self) -> int:
        """1-5 (R91)."""
        return self.weight.severity

    @property
    def likelihood(self) -> int:
        """1-5."""
        return self.weight.likelihood

    @property
    def priority(self) -> Priority:
        """The square of the risk matrix that it is in."""
        return RISK_MATRIX[self.severity, self.likelihood]

    @property
    def needs_judgement(self) -> bool:
        """Whether nobody judged it yet, or reports have since outgrown the last judgement (G23)."""
        return not self.judgements or self.weight != self.judgements[-1].weight

    @property
    def dissent(self) -> tuple[StakeholderRating, ...]:
        """The stakeholders' ratings that differ from what the finding weighs now."""
        return self.stakeholders.dissent_from(self.weight)

    @property
    def groups(self) -> frozenset[Group]:
        """Who is most affected, as the sources say."""
        return frozenset(group for source in self.sources for group in source.groups)

    @property
    def touches_vulnerable(self) -> bool:
        """Whether women, children or migrants are among those most affected (R99)."""
        return bool(self.groups & VULNERABLE)


def in_force(estimate_now: Weight, judgements: tuple[Judgement, ...]) -> Weight:
    """The last judgement, raised on every scale on which the estimate outgrew what it saw."""
    if not judgements:
        return estimate_now
    last = judgements[-1]
    grown = {
        scale: max(last.weight.grade(scale), estimate_now.grade(scale))
        if estimate_now.grade(scale) > last.basis.grade(scale)
        else last.weight.grade(scale)
        for scale in Scale
    }
    return weight_of(grown)


def gather(
    tallies: Iterable[Tally],
    ratings: Iterable[StakeholderRating],
    previous: Iterable[Finding],
    today: date,
) -> tuple[Finding, ...]:
    """All findings there are, ordered by subject and theme, whatever the order of the input.

    One for each subject and theme that a source, a rating or an earlier finding speaks of.
    Judgements are those of `previous`, and so are sources that `tallies` no longer speak of:
    nothing that was once a source is dropped, but for ratings, which a participant may take
    along (C62). Raises `ValueError` for two tallies, or two findings, with one key.
    """
    heard: dict[FindingKey, list[Tally]] = defaultdict(list)
    rated: dict[FindingKey, list[StakeholderRating]] = defaultdict(list)
    known: dict[FindingKey, Finding] = {}
    for finding in previous:
        if finding.key in known:
            raise ValueError(f"two findings on {finding.id}")
        known[finding.key] = finding
    for each in tallies:
        heard[each.subject, each.theme].append(each)
    for rating in ratings:
        rated[at_site(rating.site_id), rating.theme].append(rating)
    return tuple(
        _gathered(key, heard[key], rated[key], known.get(key), today)
        for key in sorted({*heard, *rated, *known})
    )


def _gathered(
    key: FindingKey,
    tallies: list[Tally],
    ratings: list[StakeholderRating],
    before: Finding | None,
    today: date,
) -> Finding:
    subject, theme = key
    sources = _all_sources(tallies, before)
    stakeholders = stakeholder_view(ratings)
    return Finding(
        subject=subject,
        theme=theme,
        estimate=estimate(sources, stakeholders, today),
        stakeholders=stakeholders,
        judgements=before.judgements if before else (),
        sources=sources,
    )


def _all_sources(tallies: list[Tally], before: Finding | None) -> tuple[Tally, ...]:
    by_key = {each.key: each for each in tallies}
    if len(by_key) != len(tallies):
        raise ValueError("two tallies with one key")
    # A signal moves between standings within its quarter and kind, so these go by what is told now.
    told = {(each.quarter, each.kind) for each in tallies}
    for source in before.sources if before else ():
        is_gone = (source.quarter, source.kind) not in told
        if is_gone and source.kind is not SignalKind.RATING:
            by_key[source.key] = source
    return tuple(by_key[key] for key in sorted(by_key))


class JudgementFault(StrEnum):
    """Why a judgement is not taken. The desk has words for each."""

    NO_REASON = "no_reason"
    BEFORE_THE_LAST = "before_the_last"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRefused:
    """The finding is as it was."""

    reason: JudgementFault


def judge(
    finding: Finding,
    *,
    weight: Weight,
    by: str,
    reason: str,
    today: date,
    is_for_company: bool = False,
) -> Finding | JudgementRefused:
    """The finding with one more judgement; refused without a reason (R93, R94)."""
    if not reason.strip():
        return JudgementRefused(reason=JudgementFault.NO_REASON)
    if finding.judgements and today < finding.judgements[-1].day:
        return JudgementRefused(reason=JudgementFault.BEFORE_THE_LAST)
    judgement = Judgement(
        day=today,
        by=by,
        weight=weight,
        reason=reason.strip(),
        basis=finding.estimate,
        is_for_company=is_for_company,
    )
    return replace(finding, judgements=(*finding.judgements, judgement))
