"""BBCode, HTML and Discourse's own signs become Markdown that says the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.forum.domain.importing import bbcode, discourse_markdown, html_markup


@pytest.mark.parametrize(
    ("code", "markdown"),
    [
        ("[b]bold[/b] and [i] it [/i]", "**bold** and  *it*"),
        ("[url=https://a.example/]here[/url]", "[here](<https://a.example/>)"),
        ("[url]https://a.example/[/url]", "<https://a.example/>"),
        ("[url=javascript:alert(1)]here[/url]", "here"),
        ("[img]https://a.example/b.png[/img]", "<https://a.example/b.png>"),
        ("[quote]one\ntwo[/quote]three", "> one\n> two\n\nthree"),
        ("[code]a[b]c[/code]", "```\na[b]c\n```"),
        ("[list][*]one[*]two[/list]", "- one\n- two"),
        ("[table][tr][td]a[/td][td]b[/td][/tr][/table]", "| a | b |\n| --- | --- |"),
        ("[size=5][color=red]loud[/color][/size]", "loud"),
        ("2 * 3 <b> [what]", r"2 \* 3 \<b> \[what\]"),
        ("# no heading", r"\# no heading"),
        ("[b]never closed", "**never closed**"),
        ("[attach]5[/attach]", "[📎 5](<https://old.example/5>)"),
    ],
)
def test_bbcode(code: str, markdown: str) -> None:
    assert bbcode.to_markdown(code, attachment="https://old.example/{}") == markdown


@settings(max_examples=30)
@given(st.text(alphabet="[]/=*bquotelisra1\n`<", max_size=60))
def test_no_bbcode_is_too_broken(text: str) -> None:
    bbcode.to_markdown(text)


def test_html() -> None:
    text = (
        "<p>a &lt; <b>b</b></p><script>x</script><ul><li>c<li>d</ul><blockquote>e<br>f</blockquote>"
    )
    assert html_markup.to_markdown(text) == "a < **b**\n\n- c\n- d\n\n> e\n> f"


def test_a_post_of_discourse() -> None:
    raw = '[quote="Mei, post:1"]\nHm\n[/quote]\n@admin sees <span>a</span> `@admin`'
    told = discourse_markdown.to_markdown(raw, site="", renamed={"admin": "m-1"})
    assert told == "> **Mei**\n>\n> Hm\n\n\n@m-1 sees a `@admin`"
