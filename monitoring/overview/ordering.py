"""The order in which an organisation deals with its risks, from one day to the next (R91, R93).

Called by `organisations.refresh_organisation`. The order is worked out again every day by
`monitoring.risk.priorities`; what people decided, and the day on which something is looked at
again, is carried over, or a risk that is never chosen would be put off for ever without anybody
noticing.

    before, and now                            what counts
    chosen by people, and not chosen now       still chosen, for the reason given
    put off by people, no more urgent now      still put off, for the reason given
    put off by people, more urgent now         the new order: the reason answered for less (G23)
    not chosen, not chosen                     the earlier of both days to look again

Worked example. Late wages were not chosen in March, look again by 1 June. In April they are still
not chosen; the day stays 1 June. An officer puts them off in May, until 1 August. In June many
more people report them and they become "act first": they are chosen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from monitoring.risk.matrix import URGENCY
from monitoring.risk.priorities import ChoiceGround, Ranked

ROOM: Mapping[bool, int] = MappingProxyType({True: 3, False: 10})
"""How many risks an organisation deals with at a time, by whether it is small (R100). Own figures;
what comes FIRST is always chosen beside them."""


def carried_over(ranked: Iterable[Ranked], earlier: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Today's order, with what was decided before by the table above. No place changes."""
    known = {each.finding_id: each for each in earlier}
    return tuple(
        _carried(each, known[each.finding_id]) if each.finding_id in known else each
        for each in ranked
    )


def _carried(now: Ranked, before: Ranked) -> Ranked:
    match before.ground:
        case ChoiceGround.CHOSEN_BY_PEOPLE if not now.is_chosen:
            return _decided(now, before)
        case ChoiceGround.POSTPONED_BY_PEOPLE if URGENCY[now.priority] <= URGENCY[before.priority]:
            return _decided(now, before)
        case _ if now.look_again and before.look_again:
            return replace(now, look_again=min(now.look_again, before.look_again))
        case _:
            return now


def _decided(now: Ranked, before: Ranked) -> Ranked:
    return replace(
        now,
        is_chosen=before.is_chosen,
        ground=before.ground,
        reason=before.reason,
        decided_by=before.decided_by,
        look_again=before.look_again,
    )
