"""The demo's replies by situation: talk/*.replies, one a line under `# name language` headings."""

from collections import defaultdict
from functools import cache

from numpy.random import Generator

from orangefriday.demo.regulars import TALK, has_han


@cache
def pools() -> dict[str, tuple[str, ...]]:
    """Replies by the name of their situation."""
    found: dict[str, list[str]] = defaultdict(list)
    name = ""
    for path in sorted(TALK.glob("*.replies")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                name = line[2:].strip()
            elif line.strip():
                found[name].append(line.strip().replace("\\n", "\n"))
    return {pool: tuple(lines) for pool, lines in found.items()}


class Decks:
    """Pools as decks of cards: no reply comes again before all have come."""

    def __init__(self, rng: Generator) -> None:
        self._rng = rng
        self._left: dict[tuple[str, str], list[str]] = {}

    def draw(self, pool: str, language: str) -> str:
        """A reply of the pool in "zh" or "en", or in "mixed" whichever comes."""
        left = self._left.setdefault((pool, language), [])
        if not left:
            fitting = [line for line in pools()[pool] if _fits(line, language)]
            if not fitting:
                raise ValueError(f"The pool {pool} says nothing in {language}.")
            left += [fitting[n] for n in self._rng.permutation(len(fitting))]
        return left.pop()


def _fits(line: str, language: str) -> bool:
    return language == "mixed" or has_han(line) == (language == "zh")
