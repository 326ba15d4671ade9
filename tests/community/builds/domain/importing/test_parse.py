"""Release notes read line by line, in each of their styles."""

from datetime import date

import pytest

from community.builds.domain.importing.notes import (
    BrokenNotes,
    Format,
    Kind,
    Name,
    Note,
    Reason,
    Understood,
)
from community.builds.domain.importing.parse import parse
from tests.community.builds.importing import SAMPLES, entry, people, sample, signed

CREDITS = {
    "names_in_parentheses.txt": {
        7: ["Ada Lindqvist"],
        8: ["Noël van den Berg", "K Okoro"],
        9: ["Jo Ann O'Pry", "QB (Quentin Bell)", "Mei Chen"],
        10: [],
        11: ["wanderer@lab7", "Émile Þorsson"],
        12: ["bitw1se", "Mei Chen"],
        13: ["Ross Crawford-d'Urfé"],
        15: ["Zainab"],
        16: ["Ümit Yılmaz (umi)"],
        17: ["QB (Quentin) Bell"],
        18: [],
        24: [],
        25: ["Mei Chen"],
        26: ["Ada Lindqvist"],
    },
    "handles_in_brackets.md": {
        3: ["@lumen"],
        5: ["@kite-7", "@Otter88"],
        6: ["@XiaoYu-dev"],
        7: ["@XiaoYu-dev"],
        8: ["@pendel"],
        9: ["@lumen"],
        14: ["@otto"],
        15: ["@mib21", "@zwei", "@lumen"],
    },
    "keep_a_changelog.md": {7: [], 15: ["@HarborMaster"], 16: [], 19: [], 20: ["@wie-ook"], 21: []},
    "code_host.md": {
        5: ["@mei-lin"],
        6: ["@raj", "@zoe-k"],
        7: ["Ada Lindqvist"],
        10: ["@ann"],
        12: ["@sorter"],
        13: ["@doc"],
    },
    "restructured_text.rst": {
        15: ["José Núñez"],
        18: ["Ada Lindqvist"],
        19: ["@x-ray"],
        20: ["@pete"],
        23: ["Jean-François B."],
        24: [],
        26: ["@gal"],
        38: ["@writer"],
        44: [],
    },
    "chinese.md": {
        6: ["林浩", "@mei"],
        7: ["王小美"],
        10: ["林浩"],
        11: ["欧阳娜娜", "陈伟"],
        12: [],
    },
}
FORMATS = {
    "names_in_parentheses.txt": Format.NAMES_IN_PARENTHESES,
    "handles_in_brackets.md": Format.HANDLES_IN_BRACKETS,
    "keep_a_changelog.md": Format.KEEP_A_CHANGELOG,
    "code_host.md": Format.CODE_HOST,
    "restructured_text.rst": Format.RESTRUCTURED_TEXT,
    "chinese.md": Format.NAMES_IN_PARENTHESES,
}


@pytest.mark.parametrize("name", CREDITS)
def test_everybody_credited_is_found_and_nobody_else(name):
    assert signed(sample(name)) == CREDITS[name]


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_is_told_by_the_lines(name):
    assert sample(name).format is FORMATS[name]


@pytest.mark.parametrize("name", CREDITS)
def test_every_line_is_accounted_for_once(name):
    lines = (SAMPLES / name).read_text("utf-8").splitlines()
    readings = sample(name).readings
    assert [(reading.number, reading.text) for reading in readings] == [*enumerate(lines, 1)]


def test_versions_have_dates_unless_they_are_unreleased():
    versions = [
        (section.version, section.released_on, section.is_released)
        for section in sample("names_in_parentheses.txt").sections
    ]
    assert versions == [("6.0", None, False), ("5.2", date(2026, 7, 3), True)]


def test_the_prose_of_a_version_is_kept():
    notes = sample("keep_a_changelog.md")
    assert [s.prose for s in notes.sections] == ["", "This release needs Android 13 or later."]


def test_bots_stand_apart():
    notes = sample("handles_in_brackets.md")
    bots = [reading for reading in notes.readings if reading.understood is Understood.BOT]
    assert [(bot.number, bot.entry.title) for bot in bots] == [
        (4, "Bump tiles from 2.1.0 to 2.2.0"),
        (10, "Update the linters"),
    ]


def test_a_bot_among_people_is_left_out():
    reading = sample("code_host.md").readings[9]
    assert (reading.note, people(reading.entry)) == (Note.BOT_AMONG_PEOPLE, ["@ann"])


def test_lists_of_contributors_are_no_changes():
    reading = sample("code_host.md").readings[15]
    assert (reading.understood, reading.note) == (Understood.IGNORED, Note.CONTRIBUTORS)


def test_names_are_persons_or_handles():
    assert sample("chinese.md").sections[0].entries[0].credits == (
        Name("person", "林浩"),
        Name("handle", "mei"),
    )


@pytest.mark.parametrize(
    ("line", "area", "title"),
    [
        ("* fix(clock): keep the zone", "clock", "keep the zone"),
        ("* Weather Card：Show rain", "Weather Card", "Show rain"),
        ("* 【通话】支持录音", "通话", "支持录音"),
        ("* [Camera] Focus faster", "Camera", "Focus faster"),
        ("* **gallery:** sort by day", "gallery", "sort by day"),
        ("* #12: LaTeX: Break lines", "LaTeX", "Break lines"),
        ("* New app: Compass", "", "New app: Compass"),
        ("* Improve the search: it takes half the time", "", None),
        ("* Note: nothing to see", "", "Note: nothing to see"),
        ("* Add two devices[Big Lamps]", "", "Add two devices[Big Lamps]"),
    ],
)
def test_an_area_is_taken_off_the_title_where_it_is_clear(line, area, title):
    found = entry(line)
    assert (found.area, found.title) == (area, title or line[2:])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("* Fix: It starts again", Kind.FIX),
        ("* Security fix: Check the token", Kind.SECURITY),
        ("* Fix: CVE-2026-10001: Check the token", Kind.SECURITY),
        ("* Docs: Say how", Kind.DOCS),
        ("* Maintenance: Add a test", Kind.MAINTENANCE),
        ("* chore(deps): lock", Kind.MAINTENANCE),
        ("* Bump tiles from 1.0 to 1.1", Kind.MAINTENANCE),
        ("* feat!: Fold it", Kind.FEATURE),
        ("* Add a second clock", Kind.FEATURE),
        ("* Prevent a crash", Kind.FIX),
        ("* 修复闪退", Kind.FIX),
        ("* Faster scrolling", Kind.IMPROVEMENT),
    ],
)
def test_the_kind_is_told_by_a_prefix_or_the_first_word(line, kind):
    assert entry(line).kind is kind


def test_a_heading_tells_the_kind_of_the_lines_below_it():
    notes = parse("## 1.0\n### Bug fixes\n- Add a check\n### Gallery\n- Tiles\n")
    told = [(found.kind, found.area) for found in notes.sections[0].entries]
    assert told == [(Kind.FIX, ""), (Kind.IMPROVEMENT, "Gallery")]


@pytest.mark.parametrize(
    ("line", "references"),
    [
        ("* A (#1, #2)", ("#1", "#2")),
        ("* A ([@mei] - [#1])", ("#1",)),
        ("* A ([#1](https://host.example/a/b/pull/1))", ("#1",)),
        ("* Tiles https://host.example/a/b/-/merge_requests/7", ("!7",)),
        ("* gh-12: A", ("#12",)),
        ("* A. Closes #12", ("#12",)),
        ("* A (PHONE-1234)", ("PHONE-1234",)),
        ("* Undo a regression from #12", ()),
        ("* A (UTF-8)", ()),
    ],
)
def test_references_are_found_where_they_stand_apart(line, references):
    assert entry(line).references == references


def test_nested_points_are_changes_below_a_group_and_details_below_a_change():
    notes = parse("* Clock:\n  * Alarms\n* Draw tiles in the gallery\n  * fast\n  * sharp\n")
    told = [(found.area, found.title, found.body) for found in notes.sections[0].entries]
    assert told == [
        ("Clock", "Alarms", ""),
        ("", "Draw tiles in the gallery", "- fast\n- sharp"),
    ]


def test_nested_points_that_are_signed_are_changes():
    notes = parse("* Rework the whole gallery app\n  * Tiles by @mei in #1\n  * Albums\n")
    assert signed(notes) == {1: [], 2: ["@mei"], 3: []}


def test_the_same_change_told_twice_is_one_signed_by_everybody():
    notes = parse("* Dark mode (@mei)\n* Dark mode (@bo)\n")
    assert signed(notes) == {1: ["@mei", "@bo"]}
    assert notes.readings[1].note is Note.REPEATED


def test_long_titles_keep_their_first_sentence():
    found = entry("* It is drawn anew. " + "Every tile is sharper than before. " * 9)
    assert found.title == "It is drawn anew"
    assert found.body.startswith("Every tile")


def test_a_title_without_an_end_is_cut_and_kept_whole_in_the_body():
    found = entry("* " + "long " * 100)
    assert len(found.title) <= 300
    assert found.title.endswith("…")
    assert len(found.body) == 499


def test_a_hint_overrules_the_lines():
    notes = parse("* Tiles (minusx)\n", hint=Format.NAMES_IN_PARENTHESES)
    assert (notes.format, signed(notes)) == (Format.NAMES_IN_PARENTHESES, {1: ["minusx"]})


def test_code_comments_and_directives_are_no_changes():
    text = "<!--\n* a\n-->\n```\n* b\n```\n.. note::\n   * c\n\n* Tiles\n"
    assert signed(parse(text)) == {10: []}


def test_a_heading_may_follow_the_last_change_at_once():
    notes = parse("1.1\n---\n* A\n1.0\n---\n* B\n")
    assert [section.version for section in notes.sections] == ["1.1", "1.0"]


def test_the_title_of_a_series_may_name_its_first_version():
    assert len(parse("Phone 1.0\n=========\n\n1.0\n---\n* A\n").sections) == 1


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n\n", 1, Reason.EMPTY),
        ("# Notes\nNothing happened.\n", 2, Reason.NO_CHANGES),
        ("* A\n* B\x00\n", 2, Reason.CONTROL_CHARACTER),
        ("* A\n* \u202eB\n", 2, Reason.CONTROL_CHARACTER),
        ("* A\n* " + "b" * 5_000, 2, Reason.LINE_TOO_LONG),
        ("* A\n" + ("  b" * 1_000 + "\n") * 4, 1, Reason.CHANGE_TOO_LONG),
        ("## 1.0\n* A\n## v1.0\n* B\n", 3, Reason.REPEATED_VERSION),
        ("## 1.0 - 2026-02-31\n* A\n", 1, Reason.IMPOSSIBLE_DATE),
        ("* A\n```\n* B\n", 2, Reason.UNCLOSED_CODE),
        ("* A\n<!--\n* B\n", 2, Reason.UNCLOSED_COMMENT),
    ],
)
def test_broken_notes_are_refused_with_the_line_and_the_reason(text, line, reason):
    with pytest.raises(BrokenNotes) as refusal:
        parse(text)
    assert (refusal.value.line, refusal.value.reason) == (line, reason)
    assert str(refusal.value).startswith(f"Line {line}: ")
