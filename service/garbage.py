"""How often Python looks for circles of dead objects in a process that serves.

Called once by `service.running`, when the house is open and before it serves. Most of what a house
holds then (flows, catalogues, pages, modules) lives as long as it does, and looking through all of
it again and again took a tenth of the time of a step. What lives on is put aside for good; circles
among what comes later are few, because values here are frozen, and are looked for less often.
"""

import gc
from typing import Final

NEW_OBJECTS_BEFORE_A_LOOK: Final = 50_000
"""Python's own is 700. At some hundred bytes each these are a few megabytes at most."""
YOUNG_LOOKS_BEFORE_AN_OLDER: Final = 20
OLDER_LOOKS_BEFORE_ALL: Final = 20


def put_aside_what_stays() -> None:
    """What is alive now is not looked through again, and what comes is looked at less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS_BEFORE_A_LOOK, YOUNG_LOOKS_BEFORE_AN_OLDER, OLDER_LOOKS_BEFORE_ALL)
