"""BBCode, as Discuz! and others write it, to Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_A_TAG = re.compile(r"\[(/?)([A-Za-z]+|\*)(?:=([^\]\n]*))?\]")
_CODE = re.compile(r"\[code\](.*?)\[/code\]", re.DOTALL | re.IGNORECASE)
_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_LINE_START = re.compile(r"^([ \t]*)([#>+-]|\d+[.)])(?=\s)", re.MULTILINE)
_SMILIES = re.compile(r"\{:\d+_\d+:\}")
_EDITED = re.compile(r"\[i=s\].*?\[/i\]", re.DOTALL)
_MANY_LINES = re.compile(r"\n{3,}")
_DEEPEST = 30
_ENDS_ITSELF = frozenset({"hr", "*"})

Convert = Callable[[str, str], str]


@dataclass
class _Token:
    """Text, or a tag with its argument."""

    text: str
    tag: str = ""
    argument: str = ""
    is_end: bool = False


def to_markdown(text: str, *, attachment: str = "") -> str:
    """The same text in Markdown; tags without a like leave only what stood between them.

    `attachment` is an address in which {} stands for an attachment's number; without it the number
    is shown.
    """
    text = _EDITED.sub("", _SMILIES.sub("", text.replace("\r\n", "\n")))
    tags = _TAGS | {"attach": _attachment(attachment), "attachimg": _attachment(attachment)}
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [_converted(text[end : code.start()], tags), _fenced(code[1])]
        end = code.end()
    parts.append(_converted(text[end:], tags))
    return _MANY_LINES.sub("\n\n", "".join(parts).replace(_ITEM, "\n- ")).strip()


def _converted(text: str, tags: dict[str, Convert]) -> str:
    return _inside(list(_tokens(text)), [0], "", 0, tags)


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    for match in _A_TAG.finditer(text):
        if match.start() > end:
            yield _Token(text[end : match.start()])
        yield _Token(match[0], match[2].lower(), match[3] or "", is_end=bool(match[1]))
        end = match.end()
    if end < len(text):
        yield _Token(text[end:])


def _inside(
    tokens: list[_Token], at: list[int], closing: str, depth: int, tags: dict[str, Convert]
) -> str:
    """What stands before the closing tag, converted; `at` is where reading goes on."""
    parts: list[str] = []
    while at[0] < len(tokens):
        token = tokens[at[0]]
        at[0] += 1
        if not token.tag or (token.tag not in tags and token.tag not in _PLAIN):
            parts.append(_escaped(token.text))
        elif token.is_end:
            if token.tag == closing:
                break
        elif token.tag in _ENDS_ITSELF or depth >= _DEEPEST:
            parts.append(tags[token.tag]("", "") if token.tag in _ENDS_ITSELF else "")
        else:
            between = _inside(tokens, at, token.tag, depth + 1, tags)
            parts.append(tags.get(token.tag, _as_it_is)(between, token.argument.strip("\"' ")))
    return "".join(parts)


def _escaped(text: str) -> str:
    """Signs that mean something in Markdown mean nothing in BBCode; addresses stay whole."""
    words = re.split(r"(https?://\S+)", text)
    words[::2] = [_LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", word)) for word in words[::2]]
    return "".join(words)


def _fenced(code: str) -> str:
    fence = "```"
    while fence in code:
        fence += "`"
    lines = code.strip("\n")
    return f"\n\n{fence}\n{lines}\n{fence}\n\n"


def _as_it_is(between: str, _argument: str) -> str:
    return between


def _around(sign: str) -> Convert:
    def convert(between: str, _argument: str) -> str:
        bare = between.strip()
        if not bare or "\n\n" in bare:  # emphasis does not reach over paragraphs
            return between
        before = between[: len(between) - len(between.lstrip())]
        return f"{before}{sign}{bare}{sign}{between[len(between.rstrip()) :]}"

    return convert


def _link(between: str, argument: str) -> str:
    words = between.strip()
    address = argument or words.replace("\\", "")
    if "://" not in address:
        address = f"http://{address.removeprefix('//')}" if "." in address else ""
    if not address or not re.match(r"https?://[^\s<>]+$", address, re.IGNORECASE):
        return words
    return f"<{address}>" if words in {"", argument, address} else f"[{words}](<{address}>)"


def _image(between: str, _argument: str) -> str:
    """A picture of another site becomes a link: this site shows only its own."""
    return _link(between, "")


def _quote(between: str, _argument: str) -> str:
    lines = between.strip().splitlines()
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" if lines else ""


def _list(between: str, argument: str) -> str:
    sign = "1." if argument in {"1", "a", "A", "i", "I"} else "-"
    items = [item.strip() for item in between.split(_ITEM)]
    lines = [f"{sign} {item.replace(chr(10), ' ')}" for item in items if item]
    return "\n\n" + "\n".join(lines) + "\n\n"


def _row(between: str, _argument: str) -> str:
    return f"\n{between.strip()} |"


def _cell(between: str, _argument: str) -> str:
    return f"| {' '.join(between.split())} "


def _table(between: str, _argument: str) -> str:
    rows = [row for row in between.strip().splitlines() if row.startswith("|")]
    if not rows:
        return between
    rule = "|" + " --- |" * (rows[0].count("|") - 1)
    return "\n\n" + "\n".join([rows[0], rule, *rows[1:]]) + "\n\n"


def _attachment(address: str) -> Convert:
    def convert(between: str, _argument: str) -> str:
        number = between.strip()
        if not number.isdigit():
            return between
        return f"[📎 {number}](<{address.format(number)}>)" if address else f"📎 {number}"

    return convert


_ITEM = "\x00"
_TAGS: dict[str, Convert] = {
    "b": _around("**"),
    "i": _around("*"),
    "s": _around("~~"),
    "url": _link,
    "email": _as_it_is,
    "img": _image,
    "media": _image,
    "flash": _image,
    "audio": _image,
    "video": _image,
    "quote": _quote,
    "free": _quote,
    "hide": _quote,
    "list": _list,
    "*": lambda _between, _argument: _ITEM,
    "hr": lambda _between, _argument: "\n\n---\n\n",
    "table": _table,
    "tr": _row,
    "td": _cell,
    "th": _cell,
}
# What only looks: only what stands between is kept.
_PLAIN = frozenset(
    [
        "u",
        "color",
        "backcolor",
        "size",
        "font",
        "align",
        "p",
        "indent",
        "float",
        "sup",
        "sub",
        "postbg",
        "password",
    ]
)
