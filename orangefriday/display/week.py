"""The week strip: six stages on one line, and where on it we are."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the week, [starts_at, ends_at); `detail` is the line under its name.

    `moment` is what that line names: the countdown to it stands beside.
    """

    name: str
    detail: str
    starts_at: datetime
    ends_at: datetime
    url: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WeekStrip:
    """The stages in order as seen at one moment; `deadline` is what the countdown runs to."""

    stages: tuple[Stage, ...]
    at: datetime
    deadline: datetime | None = None

    @property
    def place(self) -> int:
        """Index of the stage that goes on: the last one that has begun, at least the first."""
        begun = [n for n, stage in enumerate(self.stages) if stage.starts_at <= self.at]
        return begun[-1] if begun else 0

    @property
    def now(self) -> Stage:
        return self.stages[self.place]

    @property
    def next(self) -> Stage | None:
        following = self.stages[self.place + 1 :]
        return following[0] if following else None

    @property
    def awaited(self) -> Stage | None:
        """The stage whose moment the countdown runs to."""
        if self.deadline is None:
            return None
        return next((stage for stage in self.stages if stage.moment == self.deadline), None)

    @property
    def ahead(self) -> Stage | None:
        """What a phone names beside now: what is awaited, unless that goes on already."""
        return self.next if self.awaited in (None, self.now) else self.awaited

    @property
    def percent(self) -> str:
        """Where the dot stands on the line, "0.0" to "100.0": each stage takes an equal part."""
        length = self.now.ends_at - self.now.starts_at
        passed = (self.at - self.now.starts_at) / length if length else 1.0
        return f"{(self.place + min(max(passed, 0), 1)) / len(self.stages) * 100:.1f}"

    @property
    def marked(self) -> list[tuple[Stage, str]]:
        """Each stage with its state: is-passed, is-now or is-next."""
        states = {-1: "is-passed", 0: "is-now", 1: "is-next"}
        return [
            (stage, states[(n > self.place) - (n < self.place)])
            for n, stage in enumerate(self.stages)
        ]
