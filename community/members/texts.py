"""What members say about themselves is judged by a room above: it registers, this one asks."""

from collections.abc import Callable, Sequence

# Texts in, the texts as they are kept out; raises TextsRefused.
Judge = Callable[[Sequence[str]], Sequence[str]]

_judges: list[Judge] = []


class TextsRefused(Exception):
    """The texts cannot stand; `rules` say in members' words why."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = tuple(rules)


def register(judge: Judge) -> None:
    """Judge what members write about themselves; rooms call it in ready()."""
    _judges.append(judge)


def judged(texts: Sequence[str]) -> Sequence[str]:
    """The texts as they may be kept. Raises TextsRefused."""
    for judge in _judges:
        texts = judge(texts)
    return texts
