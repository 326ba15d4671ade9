"""More than five thousand texts that want to run something, and a parser that finds what could."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

import brs_kb

from community.text.markdown import _ATTRIBUTES, _TAGS

SCHEMES = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "javascript&colon;alert(1)",
    ),
    *("&#106;avascript:alert(1)", "javascript\\:alert(1)", "\x01javascript:alert(1)", "vbscript:x"),
    *("data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>"),
    *(
        "//evil.example/x",
        "/\\evil.example/x",
        'https://a.example/"onmouseover=alert(1)//',
        "file:///x",
    ),
)
FORMS = (
    *("[x]({})", "[x](<{}>)", "![x]({})", "![x](<{}>)", "<{}>", "[x]\n\n[x]: {}", "[![x]({})](/y)"),
    *(
        '[x](/y "{}")',
        "| a |\n|---|\n| [x]({}) |",
        "- [x]({})",
        "> [x]({})",
        "`[x]({})`",
        "```{}\nx\n```",
    ),
)
TAGS = (
    *("script", "img", "svg", "iframe", "math", "style", "link", "meta"),
    *("base", "form", "object", "embed", "video", "details", "a", "x"),
)
HANDLERS = (
    *("onload", "onerror", "onclick", "onfocus"),
    *("onmouseover", "ontoggle", "onanimationstart", "onpointerenter"),
)
BREAKS = ("{}", "\"'>{}", "</title>{}", "<!--{}-->", "`{}`", "<p\n{}", "]]>{}", "&lt;{}", "**{}**")
_C0_AND_SPACE = "".join(map(chr, range(0x21)))


def attacks() -> list[str]:
    """Each once: a published collection, and what Markdown, attributes and broken tags allow."""
    known = [str(entry["payload"]) for entry in brs_kb.get_all_payloads().values()]
    links = [form.format(scheme) for form, scheme in product(FORMS, SCHEMES)]
    tags = [f"<{tag} {on}=alert(1) src=x>" for tag, on in product(TAGS, HANDLERS)]
    broken = [form.format(tag) for form, tag in product(BREAKS, tags)]
    return list(dict.fromkeys([*known, *links, *broken]))


class Alive(HTMLParser):
    """Collects what could do something in a document that may hold only these elements."""

    def __init__(self, tags: set[str], attributes: dict[str, set[str]]) -> None:
        super().__init__()
        self.tags, self.attributes = tags, attributes
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.tags:
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {name}={value}" for name, value in attrs if not self._is_dead(tag, name, value)
        ]

    def _is_dead(self, tag: str, name: str, value: str | None) -> bool:
        if name not in self.attributes.get(tag, set()):
            return False
        if name in {"href", "src"}:
            return _leads_somewhere_harmless(value or "", is_image=tag == "img")
        return True

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")

    unknown_decl = handle_decl
    handle_pi = handle_decl


def _leads_somewhere_harmless(address: str, *, is_image: bool) -> bool:
    # As browsers read it: without tabs and line ends, and what cannot be a scheme is a path.
    bare = re.sub(r"[\t\r\n]", "", address).lstrip(_C0_AND_SPACE).lower()
    if is_image:
        return bare.startswith("/") and not bare.startswith(("//", "/\\"))
    scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", bare)
    return scheme is None or scheme[0] in {"http", "https", "mailto"}


def alive(html: str, tags: set[str], attributes: dict[str, set[str]]) -> list[str]:
    """What in this HTML could do something."""
    parser = Alive(tags, attributes)
    parser.feed(html)
    parser.close()
    return parser.found


def alive_in_prose(html: str) -> list[str]:
    """As alive, for what community.text.markdown renders."""
    attributes = {tag: set(_ATTRIBUTES.get(tag, ())) for tag in _TAGS}
    attributes["a"] |= {"rel"}
    return alive(html, set(_TAGS), attributes)


def batches(texts: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]
