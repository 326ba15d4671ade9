"""The one way from what people write to HTML: Markdown, then an allow-list."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from community.text.markdown_extras import CODE_CLASS, add_spoilers, coloured
from community.text.markdown_names import Names, bracketed, mention, written
from community.text.markdown_rules import fit_into_page, link_bare_addresses, mark_tasks
from community.text.width import cut

__all__ = ["RULES", "Names", "candidates", "excerpt", "render"]

# Counts up whenever the same text renders to other HTML: what was stored before is rendered anew.
RULES = 2

_TAGS = {
    "a", "blockquote", "br", "code", "del", "details", "em", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "s", "span", "strong", "summary", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "code": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "span": {"class", "tabindex"},
    "td": {"align"},
    "th": {"align"},
}
# A text with none of these says what it says.
_MARKUP = re.compile(r"[^\w\s,.;?!'，。、；：？！“”]|^\s*\d+[.)]|_|\0|\.\.", re.MULTILINE)
_SAME_SITE = re.compile(r"/(?![/\\])")
_CLASSES = {
    "a": re.compile(r"mention|reference"),
    "code": re.compile(r"language-[a-z0-9+#-]{1,20}"),
    "span": re.compile(rf"spoiler|{CODE_CLASS}[a-z0-9]{{1,3}}"),
}


def render(text: str, *, keeps_lines: bool = False, names: Names | None = None) -> SafeString:
    """Safe HTML of a member's text: CommonMark, tables, strikethrough, task lists, bare addresses,
    spoilers, code in colours.

    Raw HTML is shown as it was typed. Headings begin at <h3>, below the page's own. Images come
    from this site only; others become links. Links carry rel="nofollow ugc noopener".
    `keeps_lines` is for what people type into a box, where a new line means a new line. `names`
    says what of the text (see `candidates`) names something, and where that is.
    """
    return _rendered(text, keeps_lines, tuple((w, tuple(n)) for w, n in (names or {}).items()))


@lru_cache(maxsize=1024)
def _rendered(
    text: str,
    keeps_lines: bool,  # noqa: FBT001 - render names it
    names: tuple[tuple[str, tuple[str, ...]], ...],
) -> SafeString:
    parser = _line_keeping if keeps_lines else _plain
    # The allow-list has the last word, whatever the parser let through.
    return mark_safe(_cleaner.clean(parser.render(text, {"names": dict(names)})))  # noqa: S308 cleaned in the same breath


def candidates(text: str) -> Iterator[tuple[str, ...]]:
    """What a text may name, as it is written there: @… (every length of it, the longest first),
    [[…]], /builds/…/."""
    if "@" in text or "[[" in text or "/" in text:
        yield from written(_plain.parse(text))


def excerpt(text: str, columns: int) -> str:
    """The words of a text without its markup, on one line of at most `columns` (Han counts 2)."""
    words = " ".join(_words(_plain.parse(text))) if _MARKUP.search(text) else text
    return cut(" ".join(words.split()), columns)


def _words(tokens: Sequence[Token]) -> list[str]:
    words: list[str] = []
    hidden = 0
    for token in tokens:
        hidden += token.nesting if token.type.startswith("container_spoiler") else 0
        if hidden:
            continue
        if token.children:
            words.append("".join(_inline_words(token.children)))
        elif token.content:
            words.append(token.content)
    return words


def _inline_words(tokens: Sequence[Token]) -> Iterator[str]:
    hidden = 0
    for token in tokens:
        if token.type in {"spoiler_open", "spoiler_close"}:
            hidden += token.nesting
            yield "▒▒" if token.nesting > 0 else ""
        elif not hidden:
            yield " " if token.type.endswith("break") else token.content


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    source = str(token.attrs["src"])
    words = renderer.renderInlineAsText(token.children, options, env)
    if _SAME_SITE.match(source):
        return format_html('<img src="{}" alt="{}" loading="lazy">', source, words)
    depth = sum(earlier.nesting for earlier in tokens[:index] if earlier.type.startswith("link_"))
    if depth:
        return format_html("{}", words or source)
    return format_html('<a href="{}">{}</a>', source, words or source)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("img", "src"):
        return value if _SAME_SITE.match(value) else None
    if attribute == "class":
        return value if _CLASSES[tag].fullmatch(value) else None
    if attribute == "tabindex":
        return "0"
    return value


def _parser(*, breaks: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": breaks})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("bare_addresses", link_bare_addresses)
    parser.core.ruler.push("fit_into_page", fit_into_page)
    parser.core.ruler.push("tasks", mark_tasks)
    parser.inline.ruler.before("link", "mention", mention)
    parser.inline.ruler.before("link", "bracketed", bracketed)
    add_spoilers(parser)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", coloured)
    return parser


_plain, _line_keeping = _parser(breaks=False), _parser(breaks=True)
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_kept,
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)
