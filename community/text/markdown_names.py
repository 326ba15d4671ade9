"""Who and what a text names: @小明, [[7.0.1024]], the address of a build on this site.

What is written is found twice: `written` lists what might be a name, so that its writer's room can
look up which of them are; `render` then links those and nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from community.text.width import columns

# What is written → where it leads and how it reads there.
Names = Mapping[str, Sequence[str]]

MOST_NAME_COLUMNS = 40
LONGEST_IN_BRACKETS = 120
ADDRESS = re.compile(
    r"/(?:builds|engineers|features|forum/topics|members)/[^\s/?#<>()\[\]`，。]+/(?:#feature-\d+)?"
)
_JOINERS = "-_.'· "


def mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - called by markdown-it
    """@小明你好 → a link on @小明, when that is the longest name there is."""
    if state.src[state.pos] != "@" or state.linkLevel or not _may_begin(state.src, state.pos):
        return False
    names: Names = state.env.get("names", {})
    found = next((w for w in spans(state.src, state.pos) if w in names), "")
    return _linked(state, found, found, "mention", silent=silent)


def bracketed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - called by markdown-it
    """[[7.0.1024]] → a link on the title of what is called so."""
    if state.linkLevel or not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", state.pos, state.pos + LONGEST_IN_BRACKETS)
    written_so = state.src[state.pos : end + 2] if end > 0 else ""
    name = state.env.get("names", {}).get(written_so)
    return _linked(state, written_so, name[1] if name else "", "reference", silent=silent)


def written(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """Whatever may name something in a parsed text; of a mention every length, longest first."""
    for text in _running(tokens):
        for match in re.finditer("@", text):
            if _may_begin(text, match.start()):
                yield tuple(spans(text, match.start()))
        yield from ((name,) for name in re.findall(r"\[\[[^\[\]\n]{1,116}\]\]", text))
        yield from ((address,) for address in ADDRESS.findall(text))


def spans(text: str, at: int) -> Iterator[str]:
    """The mentions that may begin with the @ at a place of a text, the longest first."""
    end = at + 1
    while end < len(text) and (text[end] in _JOINERS or _is_letter(text[end])):
        if columns(text[at + 1 : end + 1]) > MOST_NAME_COLUMNS:
            break
        end += 1
    for stop in range(end, at + 1, -1):
        if _is_letter(text[stop - 1]) and not _is_inside_word(text, stop):
            yield text[at:stop]


def _may_begin(text: str, at: int) -> bool:
    """Right after Han, too; but a@b.example is an address."""
    return at == 0 or not (_is_letter(text[at - 1]) and not _is_han(text[at - 1]))


def _is_inside_word(text: str, stop: int) -> bool:
    """Han words stand without spaces, others do not: @bob is not in @bobby."""
    before, after = text[stop - 1], text[stop : stop + 1]
    return bool(after) and _is_letter(after) and not (_is_han(before) or _is_han(after))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _is_han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _running(tokens: Iterable[Token]) -> Iterator[str]:
    """Text outside of code and links, a line of the source at a time."""
    for block in tokens:
        depth, text = 0, ""
        for token in block.children or ():
            depth += token.nesting if token.type in {"link_open", "link_close"} else 0
            text += token.content if token.type == "text" and not depth else "\n"
        yield text


def _linked(state: StateInline, taken: str, words: str, css_class: str, *, silent: bool) -> bool:
    names: Names = state.env.get("names", {})
    if not taken or taken not in names:
        return False
    if not silent:
        attributes: dict[str, str | int | float] = {"href": names[taken][0], "class": css_class}
        state.push("link_open", "a", 1).attrs = attributes
        state.push("text", "", 0).content = words
        state.push("link_close", "a", -1)
    state.pos += len(taken)
    return True
