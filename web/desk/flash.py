"""What is said at the top of a page after something was done. The address carries the key alone."""

from collections.abc import Mapping

from locales.marking import N_

FLASHES: Mapping[str, str] = {
    "moved": N_("Done, and written into the log."),
    "sent": N_("Your letter is sent. The reporter reads it with the receipt."),
    "drafted": N_("The summary is kept as a draft."),
    "offered": N_("The summary is shown to the reporter."),
    "shared": N_("The company can read the summary now."),
    "withdrawn": N_("The summary is taken back."),
    "declared": N_("Your tie is kept. Cases with it no longer come to you."),
    "handed_on": N_("The case is with others now. You can no longer open it."),
    "nobody": N_("Your tie is kept. Nobody else can take the case now; the operator is told."),
    "proposed": N_("Your proposal is kept. Somebody else who reads the case looks at it now."),
    "dropped": N_("The proposal is dropped."),
    "noted": N_("Kept. Only those who read this case can open it."),
    "extract_asked": N_("The reporter is asked. Say nothing of it before they say yes."),
    "extract_told": N_("Noted. Now you can write down what the other side said."),
    "classified": N_("The case is classified. Figures follow it from now on."),
    "planned": N_("The measure is in the plan."),
    "measured": N_("Noted in the plan."),
    "let_in": N_("Your colleague can read the case now."),
    "given": N_("Your colleague has the case now. You can no longer open it."),
    "related": N_("The two cases name each other now."),
    "parted": N_("The two cases no longer name each other."),
    "asked": N_("The company is asked. Its answer will stand here."),
    "ended": N_("Noted. The company can no longer answer this."),
    "held": N_("The case is held back from erasure. The reporter sees it."),
    "let_go": N_("The case is held back no longer. The usual days count again."),
    "again": N_("It is sent again."),
    "unlocked": N_("Your key is unlocked."),
}


def flash(key: str) -> str:
    """The sentence of a key; empty for one that we do not know."""
    return FLASHES.get(key, "")
