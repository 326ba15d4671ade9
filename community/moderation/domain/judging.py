"""Judging a text by the watched words: publish, hold, refuse, put other words in place, answer."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from community.moderation.models import WatchedWord
from community.text.disguise import Found, Spotter
from community.text.markdown import render

IN_ITS_PLACE = "＊＊"
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A watched word in one of the texts: `dress` is how it was written there."""

    word: WatchedWord
    dress: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What becomes of texts. `texts` are to be kept in their place, `reply` is to be posted.

    `rules` are those that block or hold, in words for members.
    """

    is_blocked: bool
    is_held: bool
    texts: tuple[str, ...]
    reply: str
    rules: tuple[str, ...]
    hits: tuple[Hit, ...]


class TextRefused(Exception):
    """A watched word refuses the text; `rules` say in members' words which."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = tuple(rules)


def judge(*, texts: Sequence[str], board: str) -> Judgement:
    """Judge texts on a board ("" for what stands on none), as written and as they will be read.

    A word to be replaced that only shows once the Markdown is rendered holds the text.
    """
    words = {word.pattern: word for word in _words(board)}
    hits: list[Hit] = []
    kept: list[str] = []
    is_held = False
    spotter = _spotter(tuple(words))
    for text in texts:
        found = spotter.find(text)
        told = {seen.word for seen in found}
        hidden = [seen for seen in spotter.find(_as_read(text)) if seen.word not in told]
        hits += [Hit(word=words[seen.word], dress=text[seen.start : seen.end]) for seen in found]
        hits += [Hit(word=words[seen.word], dress=seen.word) for seen in hidden]
        is_held |= any(words[seen.word].action == WatchedWord.Action.REPLACE for seen in hidden)
        kept.append(_replaced(text, found, words))
    by_action = {
        action: [hit.word for hit in hits if hit.word.action == action]
        for action in WatchedWord.Action
    }
    blocking, holding = by_action[WatchedWord.Action.BLOCK], by_action[WatchedWord.Action.REVIEW]
    answers = by_action[WatchedWord.Action.ANSWER]
    return Judgement(
        is_blocked=bool(blocking),
        is_held=is_held or bool(holding),
        texts=tuple(kept),
        reply=answers[0].text if answers else "",
        rules=tuple(dict.fromkeys(word.rule for word in blocking or holding)),
        hits=tuple(hits),
    )


def refuse_blocked(*, texts: Sequence[str], board: str = "") -> Judgement:
    """As judge; raises TextRefused for what is blocked."""
    judgement = judge(texts=texts, board=board)
    if judgement.is_blocked:
        raise TextRefused(judgement.rules)
    return judgement


def _words(board: str) -> list[WatchedWord]:
    """Those in force here; a board's own word comes before the same one for everywhere."""
    everywhere_first = WatchedWord.objects.filter(is_active=True, board__in={"", board})
    return list(everywhere_first.order_by("board", "pk"))


@lru_cache(maxsize=64)
def _spotter(patterns: tuple[str, ...]) -> Spotter:
    return Spotter(patterns)


def _as_read(text: str) -> str:
    """The words of a text as readers see them, without Markdown and entities."""
    return html.unescape(_MARKUP.sub("", render(text, keeps_lines=True)))


def _replaced(text: str, found: Sequence[Found], words: dict[str, WatchedWord]) -> str:
    until = len(text)
    for seen in sorted(found, key=lambda seen: -seen.end):
        word = words[seen.word]
        if word.action == WatchedWord.Action.REPLACE and seen.end <= until:
            text = text[: seen.start] + (word.text or IN_ITS_PLACE) + text[seen.end :]
            until = seen.start
    return text
