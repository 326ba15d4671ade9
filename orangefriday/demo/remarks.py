"""Comments of the demo's ballots: talk/*.comments, sentences by the change they speak of."""

import re
from collections import defaultdict
from functools import cache
from math import prod
from typing import Literal

from numpy.random import Generator

from orangefriday.demo import comments
from orangefriday.demo.regulars import TALK, has_han

Side = Literal["problems", "praise"]
# Under this heading stands what can be added to any sentence.
AND = "+"
ADDED = 0.2
MOST_TRIES = 8
# Kept until it is known who writes.
PHONE = "{phone}"
_SLOT = re.compile(r"\{(who|place|app|when|n)\}")
_WAYS = re.compile(r"\[([^\]]*)\]")
# A sentence that can be said in many ways comes as often as so many others.
MOST_TIMES = 12
_BEGINS = re.compile(r"(?:^|[.!?] )([a-z])")
# In Chinese, in English.
_FILLS = {
    "who": (
        ("我妈", "老婆", "老公", "我爸", "室友", "同事", "闺女", "儿子", "奶奶"),
        ("my wife", "my husband", "my dad", "my mother", "my flatmate", "my sister", "my boss"),
    ),
    "place": (
        ("地铁上", "公司", "高铁上", "电梯里", "机场", "医院", "学校门口"),
        ("on the train",),
    ),
    "app": (("微信", "邮箱", "网盘", "QQ"), ("WhatsApp", "Signal", "my mail app", "Telegram")),
    "when": (("昨晚", "前天", "周六早上", "今早", "上周末", "出差那天"), ("yesterday",)),
    "n": (("两", "三", "四", "五", "六"), ("two", "three", "four", "five", "six")),
}
_GENERAL = {
    "problems": (comments.LET_DOWN, comments.ANY_LET_DOWN),
    "praise": (comments.LOVED, comments.ANY_LOVED),
}


@cache
def written(side: Side) -> dict[str, tuple[str, ...]]:
    """Sentences by the title of the change; those under AND go with any."""
    found: dict[str, list[str]] = defaultdict(list)
    title = ""
    for line in (TALK / f"{side}.comments").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            title = line[2:]
        elif line:
            found[title].append(line)
    return {title: tuple(lines) for title, lines in found.items()}


class Remarks:
    """Sentences as decks of cards: none comes again before all have come, and then changed.

    `[a|b|c]` is one of these, and what can be said in many ways lies in the deck more often.
    """

    def __init__(self, rng: Generator) -> None:
        self._rng = rng
        self._left: dict[tuple[str, ...], list[str]] = {}
        self._said: set[str] = set()
        # Of those who would write something, how many do.
        self.share = 1.0

    def about(self, side: Side, title: str, area: str) -> str:
        """Something new about a change; `{phone}` stands for its writer's."""
        by_area, general = _GENERAL[side]
        own = written(side).get(title) or by_area.get(area, ())
        text = ""
        for attempt in range(MOST_TRIES):
            is_own = bool(own) and (attempt > 0 or self._rng.random() < 0.85)
            text = self._filled(self._drawn(own if is_own else general))
            if attempt or self._rng.random() < ADDED:
                text = self._with_more(side, text)
            if text not in self._said:
                break
        self._said.add(text)
        return text

    def _with_more(self, side: Side, text: str) -> str:
        is_chinese = has_han(text)
        more = [line for line in written(side)[AND] if has_han(line) == is_chinese]
        end = "" if text[-1] in "。！？.!?" else "。" if is_chinese else "."
        space = "" if is_chinese else " "
        return f"{text}{end}{space}{self._filled(self._one_of(more))}"

    def _drawn(self, lines: tuple[str, ...]) -> str:
        left = self._left.setdefault(lines, [])
        if not left:
            cards = [line for line in lines for _ in range(_ways(line))]
            left += [cards[n] for n in self._rng.permutation(len(cards))]
        return left.pop()

    def _filled(self, text: str) -> str:
        language = 0 if has_han(text) else 1
        chosen = _WAYS.sub(lambda ways: self._one_of(ways[1].split("|")), text)
        filled = _SLOT.sub(lambda slot: self._one_of(_FILLS[slot[1]][language]), chosen)
        return _BEGINS.sub(lambda start: start[0].upper(), filled) if language else filled

    def _one_of(self, choices: "tuple[str, ...] | list[str]") -> str:
        return choices[int(self._rng.integers(len(choices)))]


def _ways(line: str) -> int:
    ways = prod(len(found.split("|")) for found in _WAYS.findall(line))
    return min(ways, MOST_TIMES)
