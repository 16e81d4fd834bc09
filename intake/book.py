"""The dialogues of one unit of work, opened from the shelf and sealed back onto it.

Rows are sealed under the key ring and bound to their pseudonym, so that a row that was moved to
another chat does not open. Used by `intake.stepping`, inside a transaction.
"""

from datetime import date

from intake.dialogue import Dialogue, dump_dialogue, load_dialogue
from intake.ports import DialogueShelf
from sealing.key_ring import KeyRing

_TABLE, _COLUMN = "dialogues", "state"


class DialogueBook:
    """Reads, keeps and wipes dialogues by their pseudonym."""

    def __init__(self, shelf: DialogueShelf, key_ring: KeyRing, today: date) -> None:
        self._shelf = shelf
        self._key_ring = key_ring
        self._today = today
        self._read: dict[str, Dialogue] = {}

    def read(self, pseudonym: str) -> Dialogue | None:
        """The dialogue, or None for somebody new."""
        sealed = self._shelf.get(pseudonym)
        if sealed is None:
            return None
        dialogue = load_dialogue(self._key_ring.open_row(_TABLE, _COLUMN, pseudonym, sealed))
        self._read[pseudonym] = dialogue
        return dialogue

    def keep(self, pseudonym: str, dialogue: Dialogue) -> None:
        """Keep it as it is now, touched today.

        What was only looked at is not written again: half of what a browser asks for is a look.
        A dialogue that began today has been touched today; an older one is written all the same,
        so that it does not lapse under somebody's eyes.
        """
        if dialogue.begun_on == self._today and self._read.get(pseudonym) == dialogue:
            return
        sealed = self._key_ring.seal_row(_TABLE, _COLUMN, pseudonym, dump_dialogue(dialogue))
        self._shelf.put(
            pseudonym,
            sealed,
            touched_on=self._today,
            awaits_handover=dialogue.handover is not None or dialogue.moving is not None,
        )

    def wipe(self, pseudonym: str) -> None:
        """Overwrite and delete."""
        self._read.pop(pseudonym, None)
        self._shelf.drop(pseudonym)
