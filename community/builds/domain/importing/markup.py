"""Turns the inline markup of Markdown and reStructuredText into plain text with `code`."""

import html
import re

from community.builds.domain.importing import words

# Every pattern is bounded or anchored by a character it cannot cross: linear on any line.
HOST_LINK = re.compile(
    r"https?://[^\s()<>\[\]/]{1,200}/[^\s()<>\[\]]{0,200}?/"
    r"(?P<what>pull|pulls|issues|issue|merge_requests|discussions|commit)/(?P<id>[0-9a-f]{1,40})"
    r"(?:[#?][^\s()<>\[\]]{0,200})?(?![\w/])"
)
MARKDOWN_LINK = re.compile(
    r"\[([^\[\]]{1,300})\](?:\([^()\s]{0,500}\)|\[(?![@#!])[^\[\]]{0,100}\])"
)
ROLE = re.compile(r":(?P<role>[a-z][a-z0-9:_+-]{0,40}):`(?P<text>[^`]{1,300})`", re.IGNORECASE)
RST_LINK = re.compile(r"`(?P<text>[^`<>]{1,200}?)\s*<[^`<>\s]{1,500}>`__?")
RST_REFERENCE = re.compile(r"`(?P<text>[^`]{1,100})`__?(?!\w)")
RST_CODE = re.compile(r"``([^`]{1,500})``")
STRONG = re.compile(r"(?<!\w)\*\*(?=\S)([^*]{1,300})\*\*(?!\w)")
EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]{1,300})(?<!\\)\*(?![\w*])")
UNDERLINED = re.compile(r"(?<![\w`\\])_(?=[^\s_])([^_]{1,300})(?<!\s)_(?!\w)")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!@<>|~-])")
CODE = re.compile(r"`[^`]*`")
COMMENT = re.compile(r"<!--.{0,300}?-->")
AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,500}|[#!]\d{1,9})>")
# An opening tag behind a letter is none: Map<a>.
TAG = re.compile(
    r"<br\s?/?>|(?:(?<!\w)<|</)(?:em|strong|code|kbd|sub|sup|del|ins|mark|span|[abipsu])"
    r"(?:\s[^<>]{0,200})?>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39);")
# Breaks where no space is, and marks of direction that reorder nothing by themselves.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))


def plain(text: str) -> str:
    """One line without links, roles and emphasis; `@x`, `#12`, `[@x]` and `code` stay."""
    text = text.translate(INVISIBLE)
    text = HOST_LINK.sub(_host_link, text)
    text = RST_CODE.sub(r"`\1`", text)
    if "<" in text:
        for pattern, left in ((COMMENT, " "), (AUTOLINK, r"\1"), (TAG, " ")):
            text = _outside_code(pattern, left, text)
    if "&" in text:
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = ROLE.sub(_role, text)
    text = RST_LINK.sub(_unquoted, text)
    text = MARKDOWN_LINK.sub(_markdown_link, text)
    if "`_" in text:
        text = RST_REFERENCE.sub(_unquoted, text)
    if "*" in text:
        text = _outside_code(EMPHASIS, r"\1", _outside_code(STRONG, r"\1", text))
    if "_" in text:
        text = _outside_code(UNDERLINED, r"\1", text)
    if "\\" in text:
        text = _outside_code(ESCAPED, r"\1", text)
    return " ".join(text.split())


def without_code(text: str) -> str:
    """The same text, as long, with code blotted out: what is searched for names."""
    return CODE.sub(lambda found: "`" * len(found[0]), text)


def _host_link(found: re.Match[str]) -> str:
    if found["what"] == "commit":
        return found["id"][:10]
    if not found["id"].isdigit():
        return found[0]
    return ("!" if found["what"] == "merge_requests" else "#") + found["id"]


def _role(found: re.Match[str]) -> str:
    role, text = found["role"].lower(), found["text"].strip()
    label, _, target = text.partition("<")
    if role in words.PEOPLE_ROLES:
        return "@" + (target.rstrip("> ") or text).lstrip("@")
    label = label.strip() or target.rstrip("> ")
    if role in words.NUMBER_ROLES:
        return label if not label[:1].isdigit() else "#" + label
    if role in {"cve", "cwe"}:
        return f"{role.upper()}-{label}".replace("CVE-CVE-", "CVE-")
    if role in {"rfc", "pep"}:
        return f"{role.upper()} {label}"
    if role in {"doc", "ref", "term", "abbr"} and target:
        return label
    return f"`{label.rpartition('.')[2] if label[0] == '~' else label.lstrip('!')}`"


def _unquoted(found: re.Match[str]) -> str:
    return found["text"].strip()


def _markdown_link(found: re.Match[str]) -> str:
    """Links on names keep their brackets, so that bots without them stand apart."""
    text = found[1]
    if found.string.count("`", 0, found.start()) % 2:
        return found[0]
    return f"[{text}]" if text.startswith("@") else text


def _outside_code(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    if "`" not in text:
        return pattern.sub(replacement, text)
    pieces = re.split(r"(`[^`]*`)", text)
    pieces[::2] = [pattern.sub(replacement, piece) for piece in pieces[::2]]
    return "".join(pieces)
