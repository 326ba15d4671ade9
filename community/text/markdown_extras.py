"""What members write beyond CommonMark: ||spoilers||, and code in colours."""

from collections.abc import Sequence

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

MARK = "||"
# Longer code stays plain: colouring must not become the dearest part of a post.
MOST_COLOURED = 8_000
CODE_CLASS = "hl-"
_SPOILERS = ("spoiler", "剧透")
# Rendered once for readers of every language.
_DEFAULT_TITLE = "剧透 · Spoiler"
_colours = HtmlFormatter(nowrap=True, classprefix=CODE_CLASS)


def add_spoilers(parser: MarkdownIt) -> None:
    """||words|| in a line; `:::spoiler title` to `:::` around paragraphs."""
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.push("spoiler", _inline_spoiler)
    container_plugin(parser, "spoiler", validate=_is_spoiler, render=_block_spoiler)


def _inline_spoiler(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 a rule is called so by the parser
    begin = state.pos + len(MARK)
    if not state.src.startswith(MARK, state.pos):
        return False
    end = state.src.find(MARK, begin, state.posMax)
    if end <= begin or not state.src[begin:end].strip():
        return False
    if not silent:
        last = state.posMax
        # Reached with the keyboard and by a finger: focus shows what pointing shows.
        state.push("spoiler_open", "span", 1).attrs = {"class": "spoiler", "tabindex": "0"}
        state.pos, state.posMax = begin, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push("spoiler_close", "span", -1)
    state.pos = end + len(MARK)
    return True


def _is_spoiler(words: str, _markup: str) -> bool:
    return words.strip().partition(" ")[0] in _SPOILERS


def _block_spoiler(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</details>\n"
    title = token.info.strip().partition(" ")[2].strip() or _DEFAULT_TITLE
    return f"<details>\n<summary>{escape(title)}</summary>\n"


def coloured(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    """A fenced block, with the colours of the language it names; none is ever guessed."""
    token = tokens[index]
    language = token.info.strip().split(" ")[0].lower()
    named = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{named}>{_painted(token.content, language)}</code></pre>\n"


def _painted(code: str, language: str) -> str:
    if not language or len(code) > MOST_COLOURED:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    return str(highlight(code, lexer, _colours))
