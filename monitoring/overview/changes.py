"""What follows at once when a case or a rating changes: its signal and its site's findings.

Called by `intake` and the desk in the transaction that keeps the change, and by the service once
a day, because what is old fades. A change touches one site; that costs milliseconds, however many
cases there are.
"""

from collections.abc import Iterable
from datetime import date

from monitoring.ports import RiskShelves
from monitoring.risk.findings import Finding, gather
from monitoring.signals import Subject, SubjectKind, at_site, signal_of_case
from register.case import Case


def refresh_findings(
    tx: RiskShelves, subjects: Iterable[Subject], today: date
) -> tuple[Finding, ...]:
    """All findings on these sites and chains as they are today; keeps those that changed.

    Doing it again changes nothing. Judgements stay as they are (`findings.gather`).
    """
    about = tuple(dict.fromkeys(subjects))
    before = {each.key: each for each in tx.findings.of_subjects(about)}
    site_ids = [each.id for each in about if each.kind is SubjectKind.SITE]
    ratings = tx.ratings.of_sites(site_ids)
    findings = gather(tx.signals.tallies(about), ratings, before.values(), today)
    for finding in findings:
        if before.get(finding.key) != finding:
            tx.findings.put(finding)
    return findings


def case_changed(tx: RiskShelves, case: Case, today: date) -> None:
    """The case's signal as the case stands now, and the findings at its site.

    Called whenever a case was filed or moved: a decision changes what its report weighs. A case
    without a known site says nothing of a place, and nothing happens.
    """
    signal = signal_of_case(case, voice=case.reporter_tag or case.ref)
    if signal is None or case.site_id is None:
        return
    tx.signals.put(signal)
    refresh_findings(tx, (at_site(case.site_id),), today)
