"""What visits, companies and analysts added: awareness, statements, judgements, involvement.

Called by `making`, after the cases and before the figures are worked out.
"""

from datetime import date, timedelta

from monitoring.evaluation.attestation import Attestation
from monitoring.evaluation.attestations import parts_to_state
from monitoring.evaluation.company import Category
from monitoring.evaluation.framework import Framework
from monitoring.evaluation.framework_file import load_framework
from monitoring.risk.findings import JudgementRefused, judge
from monitoring.risk.involvement import (
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
    OutsideView,
)
from monitoring.risk.involving import (
    InvolvementRefused,
    record,
    with_effort,
)
from monitoring.risk.severity import Weight
from register.particulars import Theme
from register.quarters import Quarter
from register.sites import Organisation
from service.demo.script import ScriptError, Statements
from service.demo.stage import Stage
from storage.transaction import SqlTransaction

_VISITED_AGO = 75
_JUDGED_AGO = 10
_INVOLVED_AGO = 110
_TRIED_AGO = 40
_DUST = ("RJ1", Theme.HEALTH_SAFETY)
"""The finding that somebody judged, and the company is linked to."""


async def add_all(stage: Stage) -> None:
    """All of it, in one transaction."""
    framework = load_framework()

    def work(tx: SqlTransaction) -> None:
        _hear(tx, stage)
        for key, statements in stage.script.statements.items():
            _state(tx, stage, framework, stage.furnished.companies[key], statements)
        _judge(tx, stage)
        _involve(tx, stage)

    await stage.house.database.transaction(work)


def _hear(tx: SqlTransaction, stage: Stage) -> None:
    visited = _ago(stage, _VISITED_AGO)
    for code, (asked, aware) in stage.script.chain.asked_on_visits.items():
        tx.hearings.put_awareness(stage.furnished.sites[code].id, visited, asked, aware)
    quarter = Quarter.of(Quarter.of(stage.today).first_day - timedelta(days=1))
    for code, readers in stage.script.chain.opened.items():
        for _ in range(readers):
            tx.hearings.count_reader(stage.furnished.sites[code].id, quarter)


def _state(
    tx: SqlTransaction,
    stage: Stage,
    framework: Framework,
    company: Organisation,
    statements: Statements,
) -> None:
    for name, parts in statements.parts.items():
        question = framework.question(name)
        category = Category(company.category.value)
        if question is None or category not in question.max:
            raise ScriptError(f"statements: {company.name} is not asked {name}")
        unknown = set(parts) - set(parts_to_state(question, category))
        if unknown:
            raise ScriptError(f"statements: {name} has no part {', '.join(sorted(unknown))}")
        for part in parts:
            attestation = Attestation(
                question=name,
                component=part,
                document=statements.document,
                stated_by=statements.stated_by,
                day=_ago(stage, statements.days_ago),
            )
            tx.attestations.put(company.id, attestation)


def _judge(tx: SqlTransaction, stage: Stage) -> None:
    """Somebody at the desk went to see, and lets the company know what they make of it."""
    code, theme = _DUST
    finding = tx.findings.get(f"{stage.furnished.sites[code].id}.{theme}")
    if finding is None:
        raise ScriptError(f"nothing was found about {theme} at {code}")
    judged = judge(
        finding,
        weight=Weight(gravity=5, scope=4, irremediability=5, likelihood=5),
        by=tx.people.staff().handlers[0].id,
        reason="Seen on a visit: dry drilling in both shifts, and lung X-rays that show silicosis.",
        today=_ago(stage, _JUDGED_AGO),
        is_for_company=True,
    )
    if isinstance(judged, JudgementRefused):
        raise ScriptError(f"the judgement of {code}: {judged.reason}")
    tx.findings.put(judged)


def _involve(tx: SqlTransaction, stage: Stage) -> None:
    """The importer is linked to dust at the quarry, and causes what happens at its own yard."""
    company = stage.furnished.companies["noordersteen"]
    code, theme = _DUST
    linked = InvolvementEntry(
        day=_ago(stage, _INVOLVED_AGO),
        involvement=Involvement.LINKED,
        ground=InvolvementGround.ASSESSED,
        reason="Stone reaches us by a trader who buys from this quarry. We gave no dust rules.",
        by="marit",
        outside=(
            OutsideView(
                day=_ago(stage, _INVOLVED_AGO + 5),
                by="Sample: Breath of Marwar (health group)",
                agrees=False,
                words="The price that is paid leaves nothing for water and masks.",
            ),
        ),
    )
    log = InvolvementLog(
        organisation_id=company.id,
        finding_id=f"{stage.furnished.sites[code].id}.{theme}",
        is_own_site=False,
    )
    noted = record(log, linked)
    if isinstance(noted, InvolvementRefused):
        raise ScriptError(f"the involvement at {code}: {noted.reason}")
    tx.involvements.put(with_effort(noted, _ago(stage, _TRIED_AGO)))
    yard = stage.furnished.sites["NL1"].id
    tx.involvements.put(
        InvolvementLog(
            organisation_id=company.id,
            finding_id=f"{yard}.{Theme.HEALTH_SAFETY}",
            is_own_site=True,
        )
    )


def _ago(stage: Stage, days: int) -> date:
    return stage.today - timedelta(days=days)
