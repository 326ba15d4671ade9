"""What this site adds to CommonMark: bare addresses, task lists, headings below the page's."""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from community.text.markdown_names import ADDRESS as OF_THIS_SITE

# Ends at a space, at Han and at full-width punctuation: 见https://a.example/b，谢谢 links …/b.
_ADDRESS = re.compile(
    OF_THIS_SITE.pattern
    + r"|https?://[^\s<>\"'`\\^{}|\u2018-\u201f\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
_TASK = re.compile(r"\[([ xX])\] ")
_HIGHEST_HEADING, _LOWEST_HEADING = 3, 6


def fit_into_page(state: StateCore) -> None:
    """# becomes <h3>, below the page's own headings; columns are aligned without styles."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1]) + _HIGHEST_HEADING - 1
            token.tag = f"h{min(level, _LOWEST_HEADING)}"
        elif token.type in {"th_open", "td_open"} and (style := token.attrs.pop("style", "")):
            # Styles in attributes are forbidden by the site's policy.
            token.attrs["align"] = str(style).removeprefix("text-align:")


def mark_tasks(state: StateCore) -> None:
    """`- [x] done` shows ☑: a sign that is read aloud, not a control that does nothing."""
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        opens = item.type == "list_item_open" and paragraph.type == "paragraph_open"
        if opens and inline.children and inline.children[0].type == "text":
            first = inline.children[0]
            if box := _TASK.match(first.content):
                sign = "☐ " if box[1] == " " else "☑ "
                first.content = sign + first.content[box.end() :]


def link_bare_addresses(state: StateCore) -> None:
    """Turn https://… in running text into links; text inside links and code stays."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "/" in block.content:
            block.children = list(_linked(state, block.children))


def _linked(state: StateCore, tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type == "text" and not depth:
            yield from _split(state, token)
        else:
            yield token


def _split(state: StateCore, token: Token) -> Iterator[Token]:
    end, names = 0, state.env.get("names", {})
    for match in _ADDRESS.finditer(token.content):
        if match.start() < end:
            continue
        if match[0].startswith("/"):
            if match[0] not in names:
                continue
            address, (href, words) = match[0], names[match[0]]
            attributes = {"href": href, "class": "reference"}
        else:
            address = _without_trailing_punctuation(match[0])
            href, words = state.md.normalizeLink(address), state.md.normalizeLinkText(address)
            attributes = {"href": href}
            if not state.md.validateLink(href):
                continue
        yield _text(token.content[end : match.start()], token.level)
        yield Token("link_open", "a", 1, attrs=attributes, level=token.level)
        yield _text(words, token.level + 1)
        yield Token("link_close", "a", -1, level=token.level)
        end = match.start() + len(address)
    yield _text(token.content[end:], token.level)


def _without_trailing_punctuation(address: str) -> str:
    """Full stops end sentences, and a closing bracket belongs to the one opened before."""
    while address[-1] in ".,:;!?*_~)]":
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
