"""What a page says of itself: its title, a sentence and the name of its site, as plain text."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

from community.media.domain.links.addresses import Refused
from community.media.domain.links.fetching import Page
from community.text.width import cut

TITLE_COLUMNS, TEXT_COLUMNS, SITE_COLUMNS = 120, 240, 60
_KNOWN = (
    "utf-8 gbk gb2312 gb18030 big5 shift_jis euc-jp euc-kr iso-8859-1 iso-8859-15 windows-1250"
    " windows-1251 windows-1252 koi8-r"
)
_CHARSETS = frozenset(_KNOWN.split())
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([a-z0-9_-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Said:
    """Plain text, ready to be shown."""

    title: str
    text: str
    site: str


def read(page: Page) -> Said:
    """Raises Refused for a page without a title."""
    reader = _Head()
    reader.feed(_decoded(page))
    told = reader.told
    title = _plain(told.get("og:title") or told.get("title", ""), TITLE_COLUMNS)
    if not title:
        raise Refused
    text = told.get("og:description") or told.get("description", "")
    site = _plain(told.get("og:site_name", ""), SITE_COLUMNS)
    return Said(title, _plain(text, TEXT_COLUMNS), site)


def _decoded(page: Page) -> str:
    named = _META_CHARSET.search(page.data[:_HEAD_BYTES])
    for charset in (page.charset, named[1].decode() if named else ""):
        if charset.lower() in _CHARSETS:
            return page.data.decode(charset, "replace")
    return page.data.decode("utf-8", "replace")


def _plain(text: str, columns: int) -> str:
    """One line without signs that are not seen or turn the writing around."""
    seen = (c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return cut(" ".join("".join(seen).split()), columns)


class _Head(HTMLParser):
    """The first <title> and the <meta> of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: dict[str, str] = {}
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._is_title = "title" not in self.told
        elif tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").lower()
            self.told.setdefault(name, given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.told["title"] = self.told.get("title", "") + data
