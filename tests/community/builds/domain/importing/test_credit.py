"""Who is credited by one line."""

import pytest

from community.builds.domain.importing.credit import read_signed
from community.builds.domain.importing.markup import plain
from community.builds.domain.importing.names import Trust
from community.builds.domain.importing.notes import Note


def read(text: str, trust: Trust = Trust.HANDLES) -> tuple[str, list[str]]:
    found = read_signed(plain(text), trust)
    return found.text.rstrip("."), [str(name) for name in found.names.people]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tiles (Mei Chen)", ["Mei Chen"]),
        ("Tiles (Mei Chen, Jo van der Berg and Ümit Yılmaz)", None),
        ("Tiles (QB (Quentin) Bell, Mei Chen)", ["QB (Quentin) Bell", "Mei Chen"]),
        ("Tiles (Mei Chen. Sponsored by Lamp Works)", ["Mei Chen"]),
        ("Tiles (Mei Chen, mentored by Ada Lindqvist)", ["Mei Chen"]),
        ("Tiles (Developed by Mei Chen. Mentored by Ada Lindqvist)", ["Mei Chen"]),
        ("Tiles (M. Sumi Khan, Hazh. M. Adam)", ["M. Sumi Khan", "Hazh. M. Adam"]),
        ('Tiles (Jonathan "Yoni" Kroll)', ['Jonathan "Yoni" Kroll']),
        ("Tiles (Mei Chen, QB)", ["Mei Chen", "QB"]),
        ("Tiles (Aadi jindal)", ["Aadi jindal"]),
        ("Tiles (scott-8, 0xmei)", ["scott-8", "0xmei"]),
        ("Tiles in JS (Jonny Scholes)", ["Jonny Scholes"]),
        ("Tiles (#12) (Mei Chen)", ["Mei Chen"]),
        ("Tiles (Mei Chen).", ["Mei Chen"]),
        ("Tiles (Mei Chen", ["Mei Chen"]),
        ("Tiles (Mei Chen))", ["Mei Chen"]),
        ("Tiles (阿依古丽·买买提)", ["阿依古丽·买买提"]),
        ("Tiles (Renovate, Mei Chen)", ["Mei Chen"]),
        ("Tiles (O'Brien)", ["O'Brien"]),
        ("Tiles (Mei Chen, Jr., Ada Lin)", ["Mei Chen Jr", "Ada Lin"]),
        ("Tiles (Mei Chen 🎉)", ["Mei Chen"]),
        ("Tiles (\u200fMei Chen\u200e)", ["Mei Chen"]),
        ("磁贴（林浩和王小明）", ["林浩", "王小明"]),
        ("磁贴（林浩 王小明）", ["林浩", "王小明"]),
        ("磁贴（林浩/@mei）", ["林浩", "@mei"]),
        ("磁贴（林和平）", ["林和平"]),
        ("磁贴（山田 太郎）", ["山田 太郎"]),
    ],
)
def test_names_in_parentheses(text, names):
    expected = names or ["Mei Chen", "Jo van der Berg", "Ümit Yılmaz"]
    assert read(text, Trust.ANY_NAME)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tell everybody (not just the owner)",
        "Check the limit (times two)",
        "Fix it (again)",
        "Fix it (internally)",
        "Fix it (read-only)",
        "Fix it (Windows)",
        "Fix it (REST API)",
        "Fix it (v2.1)",
        "Send a header for CSP (Content Security Policy)",
        "Add two apps (home and search)",
        "Open the file (see `settings.py`)",
        "Escape it (Cross-site Scripting)",
        "Say it in words (don't)",
        "夜间模式（方便开发）",
        "Call `start(Mei Chen)`",
        "修复闪退（内测）",
        "Update Check.rename()",
    ],
)
def test_parentheses_that_explain_stay_in_the_title(text):
    assert read(text, Trust.ANY_NAME) == (text, [])


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        ("Tiles ([@mei], [@bo] - [#1])", "Tiles", ["@mei", "@bo"]),
        ("Tiles (#1, @mei)", "Tiles", ["@mei"]),
        ("Tiles. Thanks, [@mei] and [@bo]!", "Tiles", ["@mei", "@bo"]),
        ("Tiles -- by :user:`mei`", "Tiles", ["@mei"]),
        ("Tiles — thanks @mei!", "Tiles", ["@mei"]),
        ("Tiles by @mei and @bo in https://h.example/a/b/pull/1", "Tiles", ["@mei", "@bo"]),
        ("Tiles by Mei Chen in #1", "Tiles", ["Mei Chen"]),
        ("Tiles. Patch by Ada L. and Mei Chen.", "Tiles", ["Ada L.", "Mei Chen"]),
        ("Patch by Mei Chen. Draws tiles.", "Draws tiles", ["Mei Chen"]),
        ("Tiles (thanks @mei) for albums", "Tiles for albums", ["@mei"]),
        ("Tiles #1 - @mei", "Tiles", ["@mei"]),
        ("Tiles. Thanks @bo for the report and @mei for the patch.", "Tiles", ["@mei"]),
        ("Tiles by @mei/@bo", "Tiles", ["@mei", "@bo"]),
        ("1f2e3d4 Tiles (@mei)", "Tiles", ["@mei"]),
        ("Tiles. See #12 (@mei)", "Tiles", ["@mei"]),
        ("Draw tiles @mei (#12)", "Draw tiles", ["@mei"]),
        ("Draw tiles @mei and @bo", "Draw tiles", ["@mei", "@bo"]),
        ("Tiles (@mei) 🎉", "Tiles", ["@mei"]),
        ("Tiles (@mei) <!-- done -->", "Tiles", ["@mei"]),
        ("Tiles (Mei Chen <mei@host.example>)", "Tiles", ["Mei Chen"]),
        ("磁贴@mei", "磁贴", ["@mei"]),
        ("磁贴（@mei和@bo）", "磁贴", ["@mei", "@bo"]),
        ("磁贴（由林浩贡献）", "磁贴", ["林浩"]),
    ],
)
def test_credits_outside_parentheses(text, title, names):
    assert read(text) == (title, names)


@pytest.mark.parametrize(
    "text",
    [
        "Sort contacts by name",
        "Sort contacts by Family Name",
        "Support @property",
        "Deprecate @Bean (#3)",
        "Rename @old to @new (#3)",
        "支持@提及",
        "Accept name@host.example",
        "Open @scope/package",
        "Faster thanks to caching",
        "Fix a crash, reported by @finder",
        "New page. Thanks @asker for the suggestion",
    ],
)
def test_words_that_credit_nobody(text):
    assert read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Tiles (Mei Chen)", Note.MAYBE_PEOPLE),
        ("Tiles by Mei Chen", Note.MAYBE_PEOPLE),
        ("Tiles @mei", Note.MAYBE_PEOPLE),
        ("Tiles (Mei Chen", Note.UNBALANCED),
        ("Tiles", Note.NONE),
    ],
)
def test_doubts_are_told(text, note):
    assert read_signed(text, Trust.HANDLES).note is note


@pytest.mark.parametrize(
    "bot", ["@dependabot", "@dependabot[bot]", "@renovate", "@our-bot", "@github-actions"]
)
def test_bots_are_no_engineers(bot):
    names = read_signed(f"Bump tiles ({bot} - #1)", Trust.HANDLES).names
    assert (names.people, names.bots) == ((), (bot[1:],))
