"""Where ratings lie, as a small picture: five steps, the middle, and how far views are apart.

Of people who did not choose to be open nothing is shown but the middle and whether three in four
are near it (K1): the picture has no dot for any one of them. Open voices and judgements are marks
of their own. The same stands beside it in words; the template draws it as SVG.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.overview.company import OpenVoice, SharedJudgement
from monitoring.risk.rating_figures import RatingFigure
from monitoring.risk.scales import GRADES, SCALES, Scale
from register.particulars import Theme

STEP = 48
"""Units between two steps."""
MARGIN = 28
WIDTH = MARGIN * 2 + STEP * (len(GRADES) - 1)


def x_of(grade: int) -> int:
    """Where a step lies."""
    return MARGIN + STEP * (grade - GRADES[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One scale of one theme and place."""

    scale: Scale
    middle: int | None
    """None: too few answered."""
    is_close: bool
    voices: tuple[tuple[str, int], ...]
    """Open voices by name, with their grade."""
    judged: int | None

    @property
    def band(self) -> tuple[int, int]:
        """Where the views lie, in units: around the middle if close, over all steps if not."""
        if self.middle is None:
            return (0, 0)
        low = max(GRADES[0], self.middle - 1) if self.is_close else GRADES[0]
        high = min(GRADES[-1], self.middle + 1) if self.is_close else GRADES[-1]
        return (x_of(low), x_of(high))

    @property
    def middle_word(self) -> str:
        """The middle's msgid."""
        return "" if self.middle is None else SCALES[self.scale][self.middle - 1].word

    @property
    def judged_word(self) -> str:
        """The judgement's msgid."""
        return "" if self.judged is None else SCALES[self.scale][self.judged - 1].word


def plots_of(
    figure: RatingFigure | None,
    voices: Iterable[OpenVoice],
    site_ids: Iterable[str],
    theme: Theme,
    judgement: SharedJudgement | None,
) -> tuple[Plot, ...]:
    """A plot for each scale that anything is known of."""
    of_sites = frozenset(site_ids)
    said = [
        (voice.name, rating)
        for voice in voices
        for rating in voice.ratings
        if rating.site_id in of_sites and rating.theme is theme
    ]
    plots = []
    for scale in Scale:
        grades = ((name, rating.grade(scale)) for name, rating in said)
        plot = Plot(
            scale=scale,
            middle=None if figure is None else figure.middles.get(scale),
            is_close=figure is not None and scale in figure.close,
            voices=tuple((name, grade) for name, grade in grades if grade is not None),
            judged=None if judgement is None else judgement.weight.grade(scale),
        )
        if plot.middle is not None or plot.voices:
            plots.append(plot)
    return tuple(plots)
