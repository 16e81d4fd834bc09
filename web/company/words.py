"""Names of monitoring's codes as an officer reads them. Tables alone; every code has its row."""

from collections.abc import Mapping

from locales.marking import N_
from monitoring.evaluation.attestations import RowFault
from monitoring.evaluation.criteria import Verdict
from monitoring.evaluation.evidence import Source
from monitoring.evaluation.framework import Denominator
from monitoring.evaluation.score import ConditionKind
from monitoring.risk.involvement import Involvement, InvolvementGround, Leverage
from monitoring.risk.involving import InvolvementFault
from monitoring.risk.matrix import Priority
from monitoring.risk.scales import Scale
from monitoring.signals import SignalKind
from register.clocks import ClockKind

HEAT: Mapping[Priority, int] = {
    Priority.FIRST: 4,
    Priority.SOON: 3,
    Priority.NEXT: 2,
    Priority.LATER: 1,
}
"""How hot a cell is coloured; its words say the same."""

TONES: Mapping[Priority, str] = {
    Priority.FIRST: "grave",
    Priority.SOON: "care",
    Priority.NEXT: "plain",
    Priority.LATER: "plain",
}

SCALE_WORDS: Mapping[Scale, str] = {
    Scale.GRAVITY: N_("How grave"),
    Scale.SCOPE: N_("How many people"),
    Scale.IRREMEDIABILITY: N_("How hard to put right"),
    Scale.LIKELIHOOD: N_("How likely"),
}

SOURCE_KINDS: Mapping[SignalKind, str] = {
    SignalKind.CASE: N_("People who reported"),
    SignalKind.RATING: N_("Stakeholders who rated"),
    SignalKind.INDICATOR: N_("Indicators"),
    SignalKind.AUDIT: N_("Audits"),
    SignalKind.DOCUMENT: N_("Documents"),
}

LIMIT_WORDS: Mapping[ClockKind, str] = {
    ClockKind.ACKNOWLEDGE: N_("Confirmed within 7 days that the report came in"),
    ClockKind.FEEDBACK: N_("Told within 3 months where it stands"),
}

INVOLVEMENT_WORDS: Mapping[Involvement, str] = {
    Involvement.CAUSE: N_("You cause it"),
    Involvement.CONTRIBUTE: N_("You contribute to it"),
    Involvement.LINKED: N_("You are linked to it"),
}

NOT_KNOWN_YET = N_("It is not yet known how you are involved")

LEVERAGE_WORDS: Mapping[Leverage, str] = {
    Leverage.LARGE_BUYER: N_("You buy a large part of what they make"),
    Leverage.LASTING_TRADE: N_("You have bought there for years, or can promise to"),
    Leverage.CONTRACT: N_("Your contract or code of conduct says it"),
    Leverage.OTHER_BUYERS: N_("You can act together with other buyers"),
    Leverage.SECTOR: N_("Your sector, a union or an agreement can help"),
}

INVOLVEMENT_FAULTS: Mapping[InvolvementFault, tuple[str, str]] = {
    InvolvementFault.NO_REASON: ("reason", N_("Please write why. Others have to follow it.")),
    InvolvementFault.TOO_LONG: ("reason", N_("This is too long. Please make it shorter.")),
    InvolvementFault.LEVERAGE_TOO_LONG: (
        "leverage_words",
        N_("This is too long. Please make it shorter."),
    ),
    InvolvementFault.OUTSIDE_TOO_LONG: (
        "outside_words",
        N_("What the outsider said, or who it was, is too long. Please make it shorter."),
    ),
    InvolvementFault.OWN_SITE: (
        "involvement",
        N_("This is your own site. What happens there, you cause."),
    ),
    InvolvementFault.KNOWN_BEFORE: (
        "involvement",
        N_("It was known before. If you see it otherwise now, choose one of the others."),
    ),
    InvolvementFault.BEFORE_THE_LAST: ("involvement", N_("A later judgement is kept already.")),
    InvolvementFault.NO_OUTSIDE_VIEW: (
        "outside_by",
        N_("This is less than before. Ask somebody outside first, and write down what they said."),
    ),
    InvolvementFault.OUTSIDE_NAMELESS: ("outside_by", N_("Please say which organisation it was.")),
    InvolvementFault.OUTSIDE_TO_COME: ("outside_day", N_("This day is still to come.")),
    InvolvementFault.EFFORT_TO_COME: ("effort_day", N_("This day is still to come.")),
    InvolvementFault.WRITTEN_MEANWHILE: (
        "earlier",
        N_(
            "A colleague wrote something here in the meantime, and nothing of yours is kept yet. "
            "Look at what they wrote below, then send yours again."
        ),
    ),
}
"""The field that each is shown beside, and the sentence."""

GROUND_OF_INVOLVEMENT: Mapping[InvolvementGround, str] = {
    InvolvementGround.ASSESSED: N_("assessed"),
    InvolvementGround.OWN_SITE: N_("it is your own site"),
    InvolvementGround.LACK_OF_EFFORT: N_("nothing was done about it"),
    InvolvementGround.NEW_FACTS: N_("there is something new"),
}

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.NO: N_("No"),
    Verdict.PARTLY: N_("Partly"),
    Verdict.FULLY: N_("Yes"),
}
VERDICT_TONES: Mapping[Verdict, str] = {
    Verdict.NO: "plain",
    Verdict.PARTLY: "care",
    Verdict.FULLY: "good",
}

SOURCE_WORDS: Mapping[Source, str] = {
    Source.REGISTER: N_("shown by our records"),
    Source.CONSULTATION: N_("shown by a consultation round"),
    Source.INDICATOR: N_("shown by an indicator"),
    Source.DOCUMENT: N_("stated, with a document"),
    Source.ATTESTATION: N_("stated by the company"),
}

DENOMINATOR_WORDS: Mapping[Denominator, str] = {
    Denominator.DECLARED: N_("by the published total"),
    Denominator.MAXIMA: N_("by the sum of the questions"),
}

CONDITION_WORDS: Mapping[ConditionKind, str] = {
    ConditionKind.QUARRIES: N_("Quarries known: ${reached}% of ${needed}% needed"),
    ConditionKind.FACTORIES: N_("Factories known: ${reached}% of ${needed}% needed"),
    ConditionKind.SCORE: N_("Score: ${reached}% of ${needed}% needed"),
    ConditionKind.POINTS: N_("Points: ${reached}, and more than ${needed} needed"),
    ConditionKind.CORE_QUESTION: N_("Core question ${question}"),
}

FAULT_WORDS: Mapping[RowFault, str] = {
    RowFault.UNKNOWN_QUESTION: N_("There is no such question."),
    RowFault.NOT_ASKED: N_("Your company is not asked this question."),
    RowFault.UNKNOWN_PART: N_("Please choose a part of the question."),
    RowFault.ALWAYS_APPLIES: N_("This question always applies."),
    RowFault.PERCENT_MISSING: N_("Please give the share."),
    RowFault.PERCENT_WRONG: N_("A share is a number from 0 to 100."),
    RowFault.PERCENT_NOT_WANTED: N_("This part takes no share."),
    RowFault.DOCUMENT_MISSING: N_("Please say in which document it can be looked up."),
    RowFault.PERSON_MISSING: N_("Please say who answers for it."),
    RowFault.TOO_LONG: N_("This is too long."),
    RowFault.DAY_WRONG: N_("Please give a day."),
    RowFault.DAY_TO_COME: N_("This day is still to come."),
    RowFault.REPEATED: N_("This was stated before."),
    RowFault.NOT_A_ROW: N_("We could not read that."),
}
