"""What the answers about risks and requests look like; by the rules of `web.api.schemas`."""

from monitoring.risk.involvement import Involvement, InvolvementGround, Leverage, Obligation
from monitoring.risk.matrix import Priority
from monitoring.risk.priorities import ChoiceGround
from monitoring.risk.scales import Scale
from monitoring.risk.unheard import Hearing
from monitoring.signals import SignalKind
from register.classification import RootCause
from register.particulars import Theme
from register.requests import AnswerKind, RequestKind, RequestState
from web.api.schemas import (
    DAY,
    HIDDEN,
    ID_PATTERN,
    QUARTER_NAME,
    Schema,
    many,
    number,
    one_of,
    or_null,
    record,
    string,
    yes_no,
)

_GRADE: Schema = number("1 to 5.")
_PEOPLE: Schema = number(HIDDEN, or_null=True)
_RISK: Schema = string("Its id, the same for as long as the place counts by itself.")
_GRADES: Schema = record("Grades of 1 to 5.", **{scale.value: _GRADE for scale in Scale})
_WEIGHT = {
    "severity": _GRADE,
    "likelihood": _GRADE,
    "priority": one_of(Priority),
}

HEAT_MAP = record(
    "The heat map of the last daily round, made of what was released.",
    matrix=many(
        record(
            "A square of severity against likelihood.",
            **_WEIGHT,
            risks=many(_RISK, "The risks that lie in it."),
        )
    ),
    places=many(
        record(
            "A site, or small sites together, the one in need first.",
            place=string("Its key, as in the figures."),
            name=string(),
            hearing=one_of(Hearing, "What speech or silence there means."),
            themes=many(
                record("A risk there.", risk=_RISK, theme=one_of(Theme), **_WEIGHT, people=_PEOPLE),
                "Nothing shown is not the same as nothing wrong.",
            ),
        )
    ),
)

_INVOLVEMENT = or_null(
    record(
        "How the company is tied to it, in its own words; null: nobody has looked.",
        now=one_of(Involvement, "null: not known yet.", or_null=True),
        obligations=many(one_of(Obligation), "What follows from it."),
        judgements=many(
            record(
                "One judgement, the first one first.",
                day=DAY,
                involvement=one_of(Involvement, "null: not known yet.", or_null=True),
                ground=one_of(InvolvementGround),
                reason=string(),
                root_causes=many(one_of(RootCause)),
                leverage=many(one_of(Leverage)),
                leverage_words=string(),
                outside=many(
                    record(
                        "Somebody outside who was asked.",
                        by=string(),
                        agrees=yes_no(),
                        words=string(),
                    )
                ),
            )
        ),
        efforts=many(record("Something that was done about it.", day=DAY, words=string())),
    )
)

RISKS = record(
    "All risks that are shown, in the order in which they are to be dealt with.",
    risks=many(
        record(
            "A theme at a place.",
            risk=_RISK,
            place=string("Its key, as in the figures."),
            name=string(),
            theme=one_of(Theme),
            **_WEIGHT,
            grades=_GRADES,
            is_disputed=yes_no("Stakeholders differ from each other, or from the judgement."),
            sources=many(
                record("What it rests on.", kind=one_of(SignalKind), people=_PEOPLE),
            ),
            quarters=many(
                record("People who reported.", quarter=QUARTER_NAME, people=_PEOPLE),
                "The quarters that are shown, the newest first.",
            ),
            sites=many(
                record(
                    "A site of the place.",
                    name=string(),
                    hearing=one_of(Hearing, "null: not known.", or_null=True),
                )
            ),
            rank=or_null(
                record(
                    "Its place in the order and why; null: it gets one tonight.",
                    place=number("1 is first."),
                    is_chosen=yes_no(),
                    ground=one_of(ChoiceGround),
                    reason=string("What a person wrote who decided it; empty: the rules did."),
                    look_again=or_null(DAY),
                )
            ),
            judgements=many(
                record(
                    "How the desk judged it, where it says so.",
                    day=DAY,
                    reason=string(),
                    grades=_GRADES,
                )
            ),
            involvement=_INVOLVEMENT,
        )
    ),
)

REQUESTS = record(
    "What the company is asked about cases, what waits first. A summary that its reporter takes "
    "back takes its requests along: delete what is no longer there.",
    requests=many(
        record(
            "One thing that it is asked. It is answered by a person who signs in.",
            request=string("Random; the same for as long as it is there.", pattern=ID_PATTERN),
            kind=one_of(RequestKind),
            state=one_of(RequestState),
            words=string(),
            summary=string("The summary of the case that it is about."),
            due_on=DAY,
            is_overdue=yes_no(),
            answers=many(
                record(
                    "An answer that was given.",
                    kind=one_of(AnswerKind),
                    words=string(),
                    day=DAY,
                    measure_on=or_null(DAY),
                )
            ),
        )
    ),
)
