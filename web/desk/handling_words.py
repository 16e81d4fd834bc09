"""Names of the codes of a handler's own work: classification, remedies, papers, ties of cases."""

from collections.abc import Mapping

from locales.marking import N_
from register.case import RelationKind, Treatment
from register.classification import Involvement
from register.classifying import ClassificationRefusal
from register.other_side import ExtractRefusal, ExtractState
from register.papers import PaperKind, PaperRefusal
from register.redaction import FoundKind
from register.relating import RelationRefusal
from register.remedy import Judgement, RemedyKind, RemedyOwner
from register.remedying import RemedyRefusal
from register.replies import Reply

INVOLVEMENT_WORDS: Mapping[Involvement, str] = {
    Involvement.CAUSE: N_("The company causes it: it must stop and put it right"),
    Involvement.CONTRIBUTE: N_("The company contributes: it must stop and put right its part"),
    Involvement.LINKED: N_("It is linked through its chain: it must use its influence"),
}
CLASSIFICATION_REFUSALS: Mapping[ClassificationRefusal, str] = {
    ClassificationRefusal.THEME_MISSING: N_("Please choose what it is about."),
    ClassificationRefusal.GRADE_MISSING: N_("Please choose a step on each of the four scales."),
    ClassificationRefusal.REASONS_MISSING: N_("Please write why. Others have to follow it."),
    ClassificationRefusal.REASONS_TOO_LONG: N_("This is too long. Please make it shorter."),
    ClassificationRefusal.INVOLVEMENT_REASONS_MISSING: N_(
        "Please write why the company is tied to it so, or no longer. Others have to follow it."
    ),
    ClassificationRefusal.INVOLVEMENT_REASONS_TOO_LONG: N_(
        "This is too long. Please make it shorter."
    ),
    ClassificationRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
}
REMEDY_KIND_WORDS: Mapping[RemedyKind, str] = {
    RemedyKind.APOLOGY: N_("An apology"),
    RemedyKind.RECOGNITION: N_("Recognition of representatives or a union"),
    RemedyKind.COMPENSATION: N_("Compensation"),
    RemedyKind.RESTITUTION: N_("Back as it was: the job, the land, the papers"),
    RemedyKind.REHABILITATION: N_("Care, treatment or training"),
    RemedyKind.AGAINST_THOSE_RESPONSIBLE: N_("Measures against those responsible"),
    RemedyKind.NON_REPETITION: N_("Something that keeps it from happening again"),
}
REMEDY_OWNER_WORDS: Mapping[RemedyOwner, str] = {
    RemedyOwner.SITE: N_("The site"),
    RemedyOwner.COMPANY: N_("The company"),
    RemedyOwner.BOTH: N_("The site and the company together"),
    RemedyOwner.OTHERS: N_("Others"),
}
JUDGEMENT_WORDS: Mapping[Judgement, str] = {
    Judgement.PUT_RIGHT: N_("Those harmed say: put right"),
    Judgement.PARTLY: N_("Those harmed say: in part"),
    Judgement.NOT_PUT_RIGHT: N_("Those harmed say: not put right"),
    Judgement.UNANSWERED: N_("Asked, no answer"),
}
TREATMENT_WORDS: Mapping[Treatment, str] = {
    Treatment.WELL: N_("Treated well"),
    Treatment.BADLY: N_("Not treated well"),
}
REMEDY_REFUSALS: Mapping[RemedyRefusal, str] = {
    RemedyRefusal.NOT_FOUNDED: N_(
        "A plan begins once the case is found to be so, wholly or in part."
    ),
    RemedyRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    RemedyRefusal.WORDS_MISSING: N_("Please write what is to be done."),
    RemedyRefusal.WORDS_TOO_LONG: N_("This is too long. Please make it shorter."),
    RemedyRefusal.DAY_PAST: N_("This day is over. Please choose a later one."),
    RemedyRefusal.DAY_TOO_LATE: N_(
        "This day lies after the time limit for putting it right. Please choose an earlier one."
    ),
    RemedyRefusal.NO_SUCH_MEASURE: N_("This measure is not in the plan, or was done already."),
    RemedyRefusal.NOT_DONE_YET: N_(
        "It has to be done before those harmed can say what they think."
    ),
    RemedyRefusal.TOO_MANY: N_("The plan has too many measures. Please put some together."),
}
PAPER_WORDS: Mapping[PaperKind, str] = {
    PaperKind.NOTE: N_("Note"),
    PaperKind.CLASSIFICATION: N_("Why it is classified so"),
    PaperKind.INVOLVEMENT: N_("How the company is tied to it, and why"),
    PaperKind.REMEDY_PLAN: N_("Measure"),
    PaperKind.EXTRACT: N_("What may be said to the other side"),
    PaperKind.OTHER_SIDE: N_("What the other side said"),
    PaperKind.PROPOSAL: N_("Why a decision is proposed"),
}
BY_HAND = frozenset({PaperKind.NOTE, PaperKind.EXTRACT, PaperKind.OTHER_SIDE, PaperKind.PROPOSAL})
"""Kinds that have a form of their own; the others come with what they explain."""
PAPER_REFUSALS: Mapping[PaperRefusal, str] = {
    PaperRefusal.NOT_YOUR_ROLE: N_("Only handlers write here."),
    PaperRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    PaperRefusal.EMPTY: N_("Please write something first."),
    PaperRefusal.TOO_LONG: N_("This is too long. Please make it shorter."),
}
EXTRACT_STATES: Mapping[ExtractState, str] = {
    ExtractState.ASKED: N_("The reporter is asked, and has not answered"),
    ExtractState.AGREED: N_("The reporter said yes: this may be said"),
    ExtractState.DECLINED: N_("The reporter said no: this may not be said"),
    ExtractState.TAKEN_BACK: N_("The reporter took it back: this may not be said"),
    ExtractState.TOLD: N_("It was said to the other side"),
}
EXTRACT_REFUSALS: Mapping[ExtractRefusal, str] = {
    ExtractRefusal.EMPTY: N_("Please write something first."),
    ExtractRefusal.TOO_LONG: N_("This is too long. Please make it shorter."),
    ExtractRefusal.WAITS: N_("The reporter is asked already, and has not answered."),
    ExtractRefusal.CLOSED: N_("The case is closed: nothing is said to the other side any more."),
    ExtractRefusal.NOT_AGREED: N_("The reporter did not say yes to this."),
    ExtractRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    ExtractRefusal.ON_APPEAL: N_("An appeal is running: only those who hear it write."),
}
REPLY_WORDS: Mapping[Reply, str] = {
    Reply.ACKNOWLEDGE: N_("Thanks, and by when they hear"),
    Reply.ASK_MORE: N_("Asking for more"),
    Reply.LOOKING: N_("We are looking into it"),
    Reply.DECISION: N_("The decision, and how to appeal"),
    Reply.REMEDY: N_("What could put it right"),
    Reply.BEFORE_CLOSING: N_("Before closing"),
}
RELATION_WORDS: Mapping[RelationKind, str] = {
    RelationKind.DUPLICATE: N_("Tells of the same thing"),
    RelationKind.RELATED: N_("Has to do with it"),
}
RELATION_REFUSALS: Mapping[RelationRefusal, str] = {
    RelationRefusal.NOT_BOTH_YOURS: N_("There is no such case among those that you read."),
    RelationRefusal.ITSELF: N_("This is the case itself."),
    RelationRefusal.ALREADY: N_("The two cases name each other already."),
    RelationRefusal.NOT_RELATED: N_("The two cases do not name each other."),
    RelationRefusal.TOO_MANY: N_("This case is tied to too many others."),
}
FOUND_WORDS: Mapping[FoundKind, str] = {
    FoundKind.GIVEN_NAME: N_("a name that the reporter gave"),
    FoundKind.PHONE: N_("a phone number"),
    FoundKind.EMAIL: N_("an e-mail address"),
    FoundKind.LINK: N_("a link or an account name"),
    FoundKind.NUMBER: N_("a long number, such as of a pass or a badge"),
    FoundKind.DAY: N_("an exact day"),
}
