"""What every scene of the making stands on. Made by `making`."""

from dataclasses import dataclass
from datetime import date, datetime

from flows.engine import Surroundings
from flows.submission import Submission
from intake.arrivals import Channel
from intake.hall import Hall
from service.demo.chain import Furnished
from service.demo.script import Answers, Script
from service.demo.telling import tell
from service.wiring import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The house, what its conversations share, the script and the day."""

    house: House
    hall: Hall
    script: Script
    furnished: Furnished
    today: date

    def told(
        self,
        flow: str,
        answers: Answers,
        *,
        language: str,
        now: datetime,
        site: str | None = None,
        usual: Answers | None = None,
    ) -> Submission:
        """What a person sent at that time, who came by the poster of a site or by none."""
        surroundings: Surroundings = self.hall.surroundings(now)
        presets = {"channel": Channel.TELEGRAM.value}
        if site is not None:
            presets["site"] = self.furnished.sites[site].id
        return tell(
            self.house.library.get(flow),
            answers,
            usual=usual or {},
            language=language,
            surroundings=surroundings,
            presets=presets,
        )
