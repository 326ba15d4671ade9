"""HTML that people typed or an editor made, to Markdown; what has no like is left out."""

import re
from html.parser import HTMLParser

_AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "code": "`"}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "tr",
        "pre",
        "details",
    ]
)
_SAYS = {"br": "\n", "hr": "\n\n---\n\n", "li": "\n- "}
_UNSEEN = frozenset({"script", "style", "head", "title", "iframe", "object"})
_MANY_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"https?://[^\s<>]+$", re.IGNORECASE)


def to_markdown(text: str) -> str:
    """The words of an HTML fragment with its links, emphasis, lists, quotes and code."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _MANY_LINES.sub("\n\n", "".join(reader.parts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[str] = []
        self._unseen = 0
        self._quotes: list[int] = []  # where in `parts` each open quotation began
        self._is_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SAYS:
            self._say(_SAYS[tag])
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "blockquote":
            self._quotes.append(len(self.parts))
        elif tag in {"a", "img"}:
            self._refer(tag, {name: value or "" for name, value in attrs})
        else:
            self._mark(tag, "\n\n```\n", step=1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._say(f"](<{address}>)" if address else "")
        elif tag == "blockquote" and self._quotes:
            self._end_quote(self._quotes.pop())
        else:
            self._mark(tag, "\n```\n\n", step=-1)

    def handle_data(self, data: str) -> None:
        self._say(data if self._is_code else re.sub(r"\s+", " ", data))

    def _say(self, text: str) -> None:
        if not self._unseen and text:
            self.parts.append(text)

    def _refer(self, tag: str, given: dict[str, str]) -> None:
        """A link opens; a picture of another site becomes a link to it."""
        address = given.get("href" if tag == "a" else "src", "")
        is_address = bool(_ADDRESS.match(address))
        if tag == "a":
            self._links.append(address if is_address else "")
            self._say("[" if is_address else "")
        elif is_address:
            self._say(f"[{given.get('alt') or address}](<{address}>)")

    def _mark(self, tag: str, fence: str, *, step: int) -> None:
        """What begins and ends alike; inside code only its end counts."""
        if tag == "pre":
            self._is_code = max(0, self._is_code + step)
            self._say(fence)
        elif tag in _AROUND and not self._is_code:
            self._say(_AROUND[tag])
        elif tag in _BLOCKS:
            self._say("\n\n")

    def _end_quote(self, start: int) -> None:
        between = "".join(self.parts[start:]).strip()
        del self.parts[start:]
        lines = _MANY_LINES.sub("\n\n", between).splitlines()
        self._say("\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n")
