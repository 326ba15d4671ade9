"""Fills the blanks of the demo's texts with facts of its builds, people and days.

{v} {v-1} {v+1} versions · {fix} the build that mended it · {dev} the speaker's phone · {other}
another one · {city} · {@a} a mention · {f} a change of the week · {n:3-20} a number · {t} a time.
"""

import re
from dataclasses import dataclass

from numpy.random import Generator

from orangefriday.demo.casting import Casting, Speaker, city_of
from orangefriday.demo.people import FAMILIES
from orangefriday.demo.regulars import has_han
from orangefriday.demo.weeks import WEEKS

_SLOT = re.compile(r"\{([^{}]+)\}")
# A blank stands between spaces; what fills it may be Han, which needs none.
_SPACE_IN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
# Builds that are out: what somebody says of one leads there; titles are plain.
_LINKED = {"v", "v-1", "fix"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true in a scene: the versions that went out, its week, the build that mended it."""

    versions: tuple[str, ...]
    week: int
    fixed: int | None

    def version(self, week: int) -> str:
        return self.versions[min(max(week, 1), len(self.versions)) - 1]


def filled(
    text: str, facts: Facts, cast: Casting, speaker: Speaker | None, rng: Generator
) -> str:  # fmt: skip
    """The text with every blank filled; raises KeyError for a blank nobody knows."""
    done = _SLOT.sub(lambda blank: _value(blank[1], text, facts, cast, speaker, rng), text)
    return _SPACE_IN_HAN.sub("", done)


def _value(
    blank: str, text: str, facts: Facts, cast: Casting, speaker: Speaker | None, rng: Generator
) -> str:
    if blank.startswith("@"):
        return f"@{cast.name_of(blank[1:], is_chinese=has_han(text))}"
    if blank.startswith("n:"):
        least, _, most = blank[2:].partition("-")
        return str(rng.integers(int(least), int(most) + 1))
    device = speaker.device if speaker else FAMILIES[0]
    simple = {
        "v": facts.version(facts.week),
        "v-1": facts.version(facts.week - 1),
        "v+1": facts.version(facts.week + 1),
        "fix": facts.version(facts.fixed or facts.week),
        "dev": device,
    }
    if blank in simple:
        is_linked = speaker and blank in _LINKED
        return f"[[{simple[blank]}]]" if is_linked else simple[blank]
    return _drawn(blank, text, facts, device, speaker, rng)


def _drawn(
    blank: str, text: str, facts: Facts, device: str, speaker: Speaker | None, rng: Generator
) -> str:
    match blank:
        case "city":
            return city_of(speaker, text)
        case "other":
            others = [family for family in FAMILIES if family != device]
            return others[int(rng.integers(len(others)))]
        case "t":
            return f"{rng.integers(7, 24)}:{rng.integers(0, 60):02}"
        case "f":
            changes = WEEKS[facts.week - 1]
            change = changes[int(rng.integers(len(changes)))]
            if has_han(text):
                return change[1]
            return f"[[{change[0]}]]" if speaker else change[0]
    raise KeyError(blank)
