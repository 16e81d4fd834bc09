"""Names of the codes of holding a case back from erasure."""

from collections.abc import Mapping

from locales.marking import N_
from register.hold import HoldReason
from register.holding import HoldRefusal

HOLD_REASON_WORDS: Mapping[HoldReason, str] = {
    HoldReason.COURT: N_("A court is dealing with it"),
    HoldReason.AUTHORITY: N_("An authority asked for it"),
    HoldReason.APPEAL_OUTSIDE: N_("Somebody outside looks at an appeal"),
}
KEPT_WORDS: Mapping[HoldReason, str] = {
    HoldReason.COURT: N_("Kept until ${day}, because a court is dealing with it."),
    HoldReason.AUTHORITY: N_("Kept until ${day}, because an authority asked for it."),
    HoldReason.APPEAL_OUTSIDE: N_(
        "Kept until ${day}, because somebody outside looks at an appeal."
    ),
}
HOLD_REFUSALS: Mapping[HoldRefusal, str] = {
    HoldRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    HoldRefusal.DAY_PAST: N_("This day is over. Please choose a later one."),
    HoldRefusal.TOO_LONG: N_("A case is held back for a year at most. You can renew it later."),
    HoldRefusal.ALREADY: N_("The case is held back like this already."),
    HoldRefusal.NOT_HELD: N_("The case is not held back."),
    HoldRefusal.WAITS_FOR_ANOTHER: N_(
        "This is proposed already. Somebody else who reads the case has to say the same."
    ),
    HoldRefusal.NOTHING_PROPOSED: N_("Nothing is proposed any more."),
}
