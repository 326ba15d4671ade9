"""Markdown: what becomes HTML, and that nothing else does."""

import itertools
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.text.markdown import _plain, _words, candidates, excerpt, render

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Title", "<h3>Title</h3>\n"),
        ("##### Deep", "<h6>Deep</h6>\n"),
        ("a\nb", "<p>a\nb</p>\n"),
        ("~~gone~~ **bold**", "<p><s>gone</s> <strong>bold</strong></p>\n"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n"),
        ("[home](/forum/)", f'<p><a href="/forum/" {REL}>home</a></p>\n'),
        ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n"),
        ("```text\n1<2\n```", '<pre><code class="language-text">1&lt;2\n</code></pre>\n'),
        ("```nobody\n1<2\n```", '<pre><code class="language-nobody">1&lt;2\n</code></pre>\n'),
        ("``` \n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("||a **b**||", '<p><span class="spoiler" tabindex="0">a <strong>b</strong></span></p>\n'),
        ("a || b, |c|", "<p>a || b, |c|</p>\n"),
        (
            ":::spoiler 结局<b>\n- x\n:::\ny",
            "<details>\n<summary>结局&lt;b&gt;</summary>\n<ul>\n<li>x</li>\n</ul>\n</details>\n<p>y</p>\n",
        ),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>\n'),
    ],
)
def test_render(text: str, html: str) -> None:
    assert render(text) == html


def test_code_has_the_colours_of_the_language_it_names() -> None:
    html = render("```python\nreturn '<b>'\n```")
    assert '<span class="hl-k">return</span> <span class="hl-s1">\'&lt;b&gt;\'</span>' in html
    assert "<span" not in render(f"```python\n{'x = 1;' * 2000}\n```")


NAMES = {
    "@小明": ["/members/ming/", "小明"],
    "@bob": ["/members/bob/", "Bob"],
    "[[7.0]]": ["/builds/7.0/", "Phone <7.0>"],
    "/builds/7.0/": ["/builds/7.0/", "Phone <7.0>"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("感谢@小明你好", "感谢[@小明]你好"),
        ("@bob, (@bob) @bobby a@bob", "[@bob], ([@bob]) @bobby a@bob"),
        ("见[[7.0]] [[8.0]]", "见[Phone &lt;7.0&gt;] [[8.0]]"),
        ("/builds/7.0/，x", "[Phone &lt;7.0&gt;]，x"),
        ("https://a.example/builds/7.0/", "[https://a.example/builds/7.0/]"),
        ("`@bob [[7.0]]`", "`@bob [[7.0]]`"),
    ],
)
def test_what_a_text_names_is_linked(text: str, expected: str) -> None:
    html = render(text, names=NAMES).removeprefix("<p>").removesuffix("</p>\n")
    html = re.sub(r"</?code>", "`", html)
    assert re.sub(r"<a [^>]*>(.*?)</a>", r"[\1]", html) == expected


def test_a_link_names_nothing_more() -> None:
    assert render("[@bob](/x)", names=NAMES).count("<a ") == 1


def test_what_might_be_a_name_is_found_outside_of_code_and_links() -> None:
    text = "谢@小明好 [[7.0]] /builds/7.0/ `@no` [@no](/x) no@where"
    assert list(candidates(text)) == [("@小明好", "@小明", "@小"), ("[[7.0]]",), ("/builds/7.0/",)]


def test_an_excerpt_gives_no_spoiler_away() -> None:
    assert excerpt("a ||b|| c\n\n:::spoiler x\nd\n:::\n\ne", 40) == "a ▒▒ c e"


def test_a_table_keeps_its_columns_aligned_without_styles() -> None:
    html = render("|a|b|\n|-|-:|\n|1|2|")
    assert '<td align="right">2</td>' in html
    assert "style" not in html


def test_lines_are_kept_where_people_type_into_a_box() -> None:
    assert render("一\n二", keeps_lines=True) == "<p>一<br>\n二</p>\n"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://a.example/b.", "https://a.example/b"),
        ("见https://a.example/b，谢谢", "https://a.example/b"),
        ("链接https://a.example/b在这里", "https://a.example/b"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("HTTP://a.example", "HTTP://a.example"),
    ],
)
def test_bare_addresses_become_links(text: str, address: str) -> None:
    assert f'<a href="{address}" {REL}>{address}</a>' in render(text)


@pytest.mark.parametrize("text", ["`https://a.example`", "https://", "ftp://a.example"])
def test_what_is_no_bare_address(text: str) -> None:
    assert "<a " not in render(text)


def test_no_link_inside_a_link() -> None:
    assert render("[https://a.example](https://b.example)").count("<a ") == 1


def test_images_come_from_this_site_only() -> None:
    assert '<img src="/media/cat.png" alt="cat" loading="lazy">' in render("![cat](/media/cat.png)")
    for source in ("https://a.example/x.png", "//a.example/x.png", "x.png"):
        assert "<img" not in render(f"![cat]({source})")


def test_an_image_from_elsewhere_is_a_link_to_it() -> None:
    html = render("![cat](https://a.example/x.png)")
    assert html == f'<p><a href="https://a.example/x.png" {REL}>cat</a></p>\n'
    assert render("[![cat](https://a.example/x.png)](/forum/)").count("<a ") == 1


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("# 相机\n\n**闪退** 修好了", 40, "相机 闪退 修好了"),
        ("[words](https://a.example) and `code`", 40, "words and code"),
        ("相机闪退问题", 7, "相机闪…"),
        ("a\nb", 40, "a b"),
        ("", 10, ""),
    ],
)
def test_excerpt(text: str, columns: int, expected: str) -> None:
    assert excerpt(text, columns) == expected


# --- hostile text -----------------------------------------------------------------------------
SCRIPTS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)",
    "%6aavascript:alert(1)",
    'https://a.example/" onmouseover="alert(1)',
    "https://a.example/' onclick='alert(1)",
    "https://a.example/`onerror=alert(1)",
    "blob:https://a.example/1",
    "file:///etc/passwd",
)
TAGS = re.findall(
    r"\w+",
    "script SCRIPT svg math iframe object embed style link meta base form input button video audio"
    " details template noscript textarea xmp plaintext frameset marquee dialog select body img a",
)
HANDLERS = re.findall(
    r"\w+", "onload onerror onfocus ontoggle onpointerenter onbegin style srcdoc formaction"
)
WRAPPINGS = (
    "{}",
    "> {}",
    "- {}",
    "# {}",
    "**{}**",
    "[{}](/x)",
    "`{}`",
    "|a|\n|-|\n|{}|",
    '[x]: /y "{}"\n\n[x]',
    "![{}](/media/x.png)",
    "<!-- {} -->",
    "<![CDATA[{}]]>",
    "```{}\n```",
    "https://a.example/{}",
)
BROKEN = (
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)//",
    "<<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)",
    "</p><script>alert(1)</script>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\x00<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


def payloads() -> list[str]:
    links = [
        shape.format(address)
        for address in SCRIPTS
        for shape in ("[x]({})", "[x](<{}>)", "<{}>", "![x]({})", "[x][y]\n\n[y]: {}")
    ]
    elements = [
        f"<{tag} {handler}=alert(1) src=x href=javascript:alert(1)>x</{tag}>"
        for tag, handler in itertools.product(TAGS, HANDLERS[:3])
    ]
    attributes = [f"<p {handler}=alert(1) tabindex=1 autofocus>x</p>" for handler in HANDLERS]
    seeds = [*links, *elements, *BROKEN, *attributes]
    return seeds + [wrap.format(seeds[n % len(seeds)]) for n, wrap in enumerate(WRAPPINGS * 12)]


class Live(HTMLParser):
    """Collects whatever a browser could run, load from elsewhere or style by."""

    TAGS = {
        "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "img", "li",
        "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }  # fmt: skip
    ATTRIBUTES = {"href", "title", "class", "src", "alt", "loading", "start", "align", "rel"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS:
            self.found.append(tag)
        for name, value in attrs:
            # As browsers do: no controls, no spaces around.
            address = re.sub(r"[\x00-\x1f]", "", value or "").strip().lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", address)
            if name not in self.ATTRIBUTES:
                self.found.append(f"{tag}[{name}]")
            if name == "href" and scheme and scheme[0] not in {"http", "https", "mailto"}:
                self.found.append(f"{tag}[{name}={value}]")
            if name == "src" and not re.match(r"/[^/\\]", address):
                self.found.append(f"{tag}[{name}={value}]")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_nothing_comes_alive() -> None:
    texts = payloads()
    live = {text: found for text in texts if (found := Live(render(text)).found)}
    assert len(texts) >= 300
    assert live == {}


def test_the_check_sees_what_is_alive() -> None:
    assert Live("<script>x</script>").found
    assert Live('<a href="javascript:alert(1)">x</a>').found
    assert Live('<p onclick="x">y</p>').found
    assert Live('<img src="https://a.example/x.png">').found


def test_deep_nesting_ends() -> None:
    assert render("> " * 2000 + "x")
    assert render("[" * 5000 + "]" * 5000)
    assert render("*" * 5000 + "a")


@given(st.text("ab 1\n\t.,;!?。，中é-*>_", max_size=30))
def test_the_words_of_a_text_without_markup_are_the_text(text: str) -> None:
    parsed = " ".join(_words(_plain.parse(text)))
    assert excerpt(text, 1000) == " ".join(parsed.split())
