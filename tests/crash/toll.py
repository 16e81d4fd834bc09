"""What a series of kills came to."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Toll:
    """Counts of one scene."""

    kills: int = 0
    acknowledged: int = 0
    """Answers that somebody was told are kept."""
    receipts: int = 0
    kept_without_a_reply: int = 0
    """Submissions that were durable when the process died before it could say so."""
    cut_in_the_middle: int = 0
    """Runs over many cases that had done some of them and not all."""

    def line(self) -> str:
        """The toll in words."""
        return (
            f"{self.kills} kills: {self.acknowledged} answers acknowledged, {self.receipts} "
            f"receipts given, {self.kept_without_a_reply} reports kept whose receipt was said "
            f"after the kill{self._middle}. Nothing was lost, nothing is there twice."
        )

    @property
    def _middle(self) -> str:
        return f", {self.cut_in_the_middle} in the middle" if self.cut_in_the_middle else ""
