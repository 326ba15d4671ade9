"""Reads the demo's conversations: talk/*.scenes, a stage play in a few signs.

A scene begins with `=== board kind | title | facts`; facts are words such as `w6` (the week its
build went out, `w*` for one scene in every week), `dev:One_5s`, `fixed:8`, `tags:蓝牙,相机`, `pin`.
Then come its lines::

    a> words of somebody          the same letter is the same member through the scene
    ce> words                     a member with a character (talk/members.txt), an engineer, mod…
    a"> words                     quotes the post before it
    raj!> words                   speaks officially;  a*> the best answer;  a~> edited;  a^> hidden;
    a?> reported, not yet looked at
    +3 metoo                      three replies from the pool of that name
    --- w8      --- 3d            the talk goes on after that build, or some days later
    :: one / two / three          a post for each, by turns

A line that begins otherwise continues the words before it. ` || ` parts words to choose from.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from orangefriday.demo.regulars import TALK

EVERY_WEEK = 0
_SPOKEN = re.compile(r'([a-z]{1,5})(["!*~^?]*)> ?(.*)')
_FILLED = re.compile(r"\+(\d+) (\w+)")


@dataclass(slots=True)
class Say:
    """Words of one member; several versions when they may vary."""

    who: str
    flags: str
    text: str

    @property
    def versions(self) -> list[str]:
        return self.text.strip().split(" || ")


@dataclass(frozen=True, slots=True)
class Fill:
    """So many replies from a pool."""

    count: int
    pool: str


@dataclass(frozen=True, slots=True)
class Later:
    """The talk goes on after the build of a week, or some days later."""

    week: int | None
    days: int


@dataclass(frozen=True, slots=True)
class Turns:
    """One post for each, by turns."""

    items: tuple[str, ...]


Step = Say | Fill | Later | Turns


@dataclass(slots=True)
class Scene:
    """One conversation before it has people, builds and times."""

    board: str
    kind: str
    title: str
    week: int | None = None
    device: str = ""
    fixed: int | None = None
    tags: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    steps: list[Step] = field(default_factory=list)


@cache
def scenes() -> tuple[Scene, ...]:
    """Every scene of talk/, file by file."""
    return tuple(scene for path in sorted(TALK.glob("*.scenes")) for scene in read(path))


def read(path: Path) -> list[Scene]:
    """The scenes of one file; raises ValueError for a line that stands nowhere."""
    found: list[Scene] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            found.append(_heading(line))
        elif found:
            _add(found[-1].steps, line)
        elif line.strip():
            raise ValueError(f"{path.name}: nobody says {line!r}")
    return found


def _heading(line: str) -> Scene:
    place, title, facts = (part.strip() for part in f"{line[4:]}||".split("|")[:3])
    board, _, kind = place.partition(" ")
    scene = Scene(board, kind or "talk", title)
    marks = set()
    for fact in facts.split():
        name, _, value = fact.partition(":")
        if re.fullmatch(r"w(\d|\*)", name):
            scene.week = EVERY_WEEK if name == "w*" else int(name[1:])
        elif name == "dev":
            scene.device = value.replace("_", " ")
        elif name == "fixed":
            scene.fixed = int(value)
        elif name == "tags":
            scene.tags = tuple(value.split(","))
        else:
            marks.add(fact)
    scene.marks = frozenset(marks)
    return scene


def _add(steps: list[Step], line: str) -> None:
    if spoken := _SPOKEN.fullmatch(line):
        steps.append(Say(*spoken.groups()))
    elif filled := _FILLED.fullmatch(line):
        steps.append(Fill(int(filled[1]), filled[2]))
    elif line.startswith("--- "):
        week = int(line[5:]) if line[4] == "w" else None
        steps.append(Later(week, 0 if week else int(line[4:].removesuffix("d"))))
    elif line.startswith(":: "):
        steps.append(Turns(tuple(part.strip() for part in line[3:].split(" / "))))
    elif steps and isinstance(said := steps[-1], Say):
        said.text += f"\n{line}"
    elif line.strip():
        raise ValueError(f"Nobody says {line!r}")
