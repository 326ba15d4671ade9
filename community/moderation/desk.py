"""The desk a moderator sits at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Desk:
    """What a moderator looks after: these boards, or everything when `boards` is None."""

    boards: frozenset[str] | None

    def covers(self, board: str) -> bool:
        return self.boards is None or board in self.boards
