"""How demo members vote: opinions drawn from each engineer's skill, seeded and repeatable."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from orangefriday.demo import comments
from orangefriday.demo.remarks import Remarks
from orangefriday.demo.weeks import ENGINEERS, Change

# Changes with a story: the demo's reports should have something to say.
STORIES = {
    "Call recording finds the name by itself": 0.55,
    "One-hand keyboard": 0.7,
    "Lock screen themes follow the sunset": 0.35,
    "Screenshot becomes a long page": 0.6,
    "Messages search inside pictures": 0.4,
    "Battery saver learns when you charge": -0.9,
    "Charging pauses at 80 % overnight": -0.8,
    "New share sheet": -0.95,
    "Notification summary at lunch": -0.25,
    "Fix: shutter lag in the dark": -0.5,
}
# Named by nearly everybody, or by few: the reach of an area.
REACH = {"Phone": 0.34, "Camera": 0.26, "Messages": 0.24, "Power": 0.3, "Keyboard": 0.26,
         "Lock screen": 0.2, "Themes": 0.16, "Sharing": 0.2}  # fmt: skip
CUTS = (-1.3, -0.25, 0.75)
HOURS = 103
# In a larger crowd a smaller share writes something, so that it is not said twice.
WRITERS = 2_600


@dataclass(frozen=True, slots=True)
class Vote:
    """One ballot before it has a member: positions of features in the build, comments by key."""

    mood: int
    loved: list[int]
    let_down: list[int]
    wishes: list[int]
    comments: dict[str, str]
    second: int


def skills(rng: Generator) -> dict[str, float]:
    return {key: float(rng.normal(0, 0.3)) for key in ENGINEERS}


def votes(
    rng: Generator, *, changes: tuple[Change, ...], skill: dict[str, float], count: int, wishes: int,
    remarks: Remarks, hours: float = HOURS,
) -> list[Vote]:  # fmt: skip
    """`count` ballots on a build; times are seconds since its window opened, earliest first."""
    remarks.share = min(1, WRITERS / count)
    liking = _liking(rng, changes, skill, count)
    named = rng.random(liking.shape) < _exposure(rng, changes) * np.where(liking > 0, 1.15, 0.85)
    seconds = np.sort(_seconds(rng, count, hours))
    popular = 1 / np.arange(2, wishes + 2)
    popular /= popular.sum()
    return [
        _vote(rng, changes, liking[n], named[n], popular, int(seconds[n]), remarks)
        for n in range(count)
    ]


def pushed(rng: Generator, count: int) -> list[Vote]:
    """Ballots that all love the same two changes and came within two hours."""
    seconds = rng.integers(30 * 3600, 32 * 3600, count)
    return [Vote(2, [4, 10], [], [], {}, int(second)) for second in seconds]


def _liking(
    rng: Generator, changes: tuple[Change, ...], skill: dict[str, float], count: int
) -> NDArray[np.float64]:
    appeal = np.array(
        [
            np.mean([skill[key] for key in engineers.split()])
            + rng.normal(0, 0.2)
            + STORIES.get(title, 0.1)
            for title, _, _, _, engineers in changes
        ]
    )
    leniency = rng.normal(0.1, 0.45, (count, 1))
    liking: NDArray[np.float64] = appeal + leniency + rng.normal(0, 1, (count, len(changes)))
    return liking


def _exposure(rng: Generator, changes: tuple[Change, ...]) -> NDArray[np.float64]:
    reach = np.array([REACH.get(area, 0.09) for _, _, area, _, _ in changes])
    exposure: NDArray[np.float64] = np.clip(
        reach * np.exp(rng.normal(0, 0.35, len(changes))), 0.02, 0.7
    )
    return exposure


def _seconds(rng: Generator, count: int, hours: float) -> NDArray[np.int64]:
    """Front-loaded, with people asleep between one and seven."""
    kept: list[int] = []
    while len(kept) < count:
        hour = rng.exponential(30, count * 2)
        clock = (17 + hour) % 24
        awake = rng.random(len(hour)) < np.where((clock > 1) & (clock < 7), 0.08, 1)
        kept += [int(h * 3600) for h in hour[awake & (hour < hours)]]
    return np.array(kept[:count])


def _vote(
    rng: Generator, changes: tuple[Change, ...], liking: NDArray[np.float64],
    named: NDArray[np.bool_], popular: NDArray[np.float64], second: int, remarks: Remarks,
) -> Vote:  # fmt: skip
    liked = [int(n) for n in np.argsort(-liking) if named[n] and liking[n] > CUTS[1] + 0.25]
    disliked = [int(n) for n in np.argsort(liking) if named[n] and liking[n] <= CUTS[1] + 0.25]
    loved, let_down = liked[:5], disliked[:5]
    wished = int(rng.integers(0, 4))
    wishes = [int(n) for n in rng.choice(len(popular), wished, replace=False, p=popular)]
    mood = _mood(rng, loved, let_down, float(liking.mean()))
    return Vote(
        mood,
        loved,
        let_down,
        wishes,
        _comments(rng, changes, loved, let_down, wishes, mood, remarks),
        second,
    )


def _mood(rng: Generator, loved: list[int], let_down: list[int], liking: float) -> int:
    score = len(loved) - len(let_down) + liking + float(rng.normal(0, 0.8))
    if score > 1.6:
        return 2
    if score > 0.2:
        return 1
    return 3 if score > -1 else 4


def _comments(
    rng: Generator, changes: tuple[Change, ...], loved: list[int], let_down: list[int],
    wishes: list[int], mood: int, remarks: Remarks,
) -> dict[str, str]:  # fmt: skip
    written: dict[str, str] = {}
    if loved and rng.random() < 0.2 * remarks.share:
        title, _, area, _, _ = changes[loved[0]]
        written[f"feature:{loved[0]}"] = remarks.about("praise", title, area)
    if let_down and rng.random() < 0.4 * remarks.share:
        title, _, area, _, _ = changes[let_down[0]]
        place = f"feature:{let_down[0]}" if rng.random() < 0.7 else "let_down"
        written[place] = remarks.about("problems", title, area)
    if wishes and rng.random() < 0.06:
        written["wishes"] = str(rng.choice(comments.WISHED))
    if rng.random() < 0.08:
        written["mood"] = str(rng.choice(comments.MOODS[mood]))
    return written
