"""The shelf of how sites are heard: kept counts, no visits (G19)."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from monitoring.awareness import Awareness
from monitoring.risk.unheard import SiteFacts
from monitoring.signals import at_site
from register.quarters import Quarter
from sealing.key_ring import KeyRing
from storage.monitoring import SqlFindingShelf
from storage.places import SqlSiteShelf
from storage.signals import SqlSignalShelf
from storage.statements import add, put
from storage.tables import SITE_AWARENESS, SITE_READERS

_YEAR = timedelta(days=365)


class SqlHearingShelf:
    """Implements `monitoring.ports.HearingShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._sites = SqlSiteShelf(connection, key_ring)
        self._signals = SqlSignalShelf(connection, key_ring)
        self._findings = SqlFindingShelf(connection, key_ring)

    def count_reader(self, site_id: str, quarter: Quarter) -> None:
        """The site's own link or page was opened once more. Nothing of who opened it."""
        row = {"site_id": site_id, "quarter": str(quarter)}
        add(self._connection, SITE_READERS, row, key=tuple(row), counts={"readers": 1})

    def put_awareness(self, site_id: str, day: date, asked: int, aware: int) -> None:
        """Of so many workers who were asked on a visit, so many know the channel (G20)."""
        row = {"site_id": site_id, "day": day, "asked": asked, "aware": aware}
        put(self._connection, SITE_AWARENESS, row, key=("site_id", "day"))

    def awareness(self, site_ids: Sequence[str]) -> tuple[Awareness, ...]:
        """Every time that workers of these sites were asked, the latest first."""
        chosen = select(SITE_AWARENESS).where(SITE_AWARENESS.c.site_id.in_(site_ids))
        latest_first = (SITE_AWARENESS.c.day.desc(), SITE_AWARENESS.c.site_id)
        rows = self._connection.execute(chosen.order_by(*latest_first)).mappings()
        return tuple(Awareness(**row) for row in rows)

    def facts(self, site_ids: Sequence[str], today: date) -> tuple[SiteFacts, ...]:
        """The facts of these sites over the last four quarters."""
        since = Quarter.of(today - _YEAR)
        subjects = [at_site(site_id) for site_id in site_ids]
        voices: dict[str, int] = {}
        for each in self._signals.tallies(subjects):
            if each.quarter >= since:
                voices[each.subject.id] = voices.get(each.subject.id, 0) + each.voices
        worst: dict[str, int] = {}
        for finding in self._findings.of_subjects(subjects):
            worst[finding.subject.id] = max(worst.get(finding.subject.id, 0), finding.severity)
        readers, awareness = self._readers(site_ids, since), self._awareness(site_ids)
        facts = []
        for site_id in site_ids:
            site = self._sites.site(site_id)
            percent, day = awareness.get(site_id, (None, None))
            facts.append(
                SiteFacts(
                    site_id=site_id,
                    is_risk_country=site is not None and site.is_risk_country,
                    worst_severity=worst.get(site_id, 0),
                    voices=voices.get(site_id, 0),
                    readers=readers.get(site_id, 0),
                    awareness_percent=percent,
                    awareness_day=day,
                )
            )
        return tuple(facts)

    def _readers(self, site_ids: Sequence[str], since: Quarter) -> dict[str, int]:
        chosen = (
            select(SITE_READERS.c.site_id, func.sum(SITE_READERS.c.readers))
            .where(SITE_READERS.c.site_id.in_(site_ids), SITE_READERS.c.quarter >= str(since))
            .group_by(SITE_READERS.c.site_id)
        )
        return {site_id: int(number) for site_id, number in self._connection.execute(chosen)}

    def _awareness(self, site_ids: Sequence[str]) -> dict[str, tuple[int | None, date | None]]:
        """The last time that workers were asked."""
        asked = SITE_AWARENESS.c.asked > 0
        chosen = select(SITE_AWARENESS).where(SITE_AWARENESS.c.site_id.in_(site_ids), asked)
        rows = self._connection.execute(chosen.order_by(SITE_AWARENESS.c.day))
        return {row.site_id: (row.aware * 100 // row.asked, row.day) for row in rows}
