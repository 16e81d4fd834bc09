"""Whose public keys a case is sealed to. Used by filing, letters and summaries.

Handlers are known by their own id; a recipient's id is the fingerprint of a key, so that a renewed
key is another recipient (`sealing.recipients`). Here the two meet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from register.people import Staff
from sealing.recipients import Recipient, RecipientKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The handlers' public keys by handler id, and the recovery key."""

    handlers: Mapping[str, Recipient]
    recovery: Recipient

    def __post_init__(self) -> None:
        """Raises ValueError for a key of another kind: a team's key would let anyone in it in."""
        if any(key.kind is not RecipientKind.HANDLER for key in self.handlers.values()):
            raise ValueError("cases are sealed to handlers one by one")
        if self.recovery.kind is not RecipientKind.RECOVERY:
            raise ValueError("the recovery key is not one")

    def of(self, handler_ids: Iterable[str], *also: Recipient) -> tuple[Recipient, ...]:
        """The keys of those handlers who have one, the recovery key, and others: the reporter's."""
        found = (self.handlers.get(each) for each in sorted(set(handler_ids)))
        return (*(key for key in found if key is not None), self.recovery, *also)

    def known_to(self, staff: Staff) -> Staff:
        """The staff as routing may see it: who has no key here has no key."""
        handlers = tuple(
            replace(each, has_key=each.has_key and each.id in self.handlers)
            for each in staff.handlers
        )
        return replace(staff, handlers=handlers)
