"""Headings: versions with their dates, and what else stands in bold letters."""

from datetime import date

import pytest

from community.builds.domain.importing.headings import (
    holds_no_changes,
    read_area,
    read_kind,
    read_version,
)
from community.builds.domain.importing.notes import Kind


@pytest.mark.parametrize(
    ("text", "version", "released_on"),
    [
        ("7.4.3 (20.08.2026)", "7.4.3", date(2026, 8, 20)),
        ("7.4 LTS (05.05.2026)", "7.4", date(2026, 5, 5)),
        ("v4.3 - 2026-07-14", "v4.3", date(2026, 7, 14)),
        ("[1.2.0](https://h.example/compare/v1.1...v1.2) (2026-01-02)", "1.2.0", date(2026, 1, 2)),
        ("Release 9.1.0 (released Dec 31, 2025)", "9.1.0", date(2025, 12, 31)),
        ("phone 8.3.4 (1st March 2026)", "8.3.4", date(2026, 3, 1)),
        ("0.16.0rc1 / 2026/03/01", "0.16.0rc1", date(2026, 3, 1)),
        ("7.14（2026年7月14日）", "7.14", date(2026, 7, 14)),
        ("2026.9.1", "2026.9.1", None),
        ("7.0.1024", "7.0.1024", None),
        ("1.13.2024", "1.13.2024", None),
        ("Gallery 12.5.1", "12.5.1", None),
    ],
)
def test_a_version_is_read_with_its_date(text, version, released_on):
    found = read_version(1, 2, text)
    assert (found.version, found.released_on, found.is_released) == (version, released_on, True)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("8.0 (xx.xx.xxxx) - IN DEVELOPMENT", "8.0"),
        ("v4.4-dev - Unreleased", "v4.4-dev"),
        ("[Unreleased]", ""),
        ("1.0 - TBD", "1.0"),
        ("未发布", ""),
    ],
)
def test_an_unreleased_version_is_told(text, version):
    found = read_version(1, 2, text)
    assert (found.version, found.is_released) == (version, False)


@pytest.mark.parametrize(
    "text", ["3 improvements", "Python 3.12", "2026-07-14", "20.08.2026", "Changes in 3.0", "Docs"]
)
def test_other_headings_are_no_versions(text):
    assert read_version(1, 2, text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("🐛 Bug Fixes", Kind.FIX),
        ("Noteworthy improvements to existing apps", Kind.IMPROVEMENT),
        ("新增功能", Kind.FEATURE),
        ("Contributor-facing changes", Kind.MAINTENANCE),
        ("What's new", None),
        ("All changes", None),
    ],
)
def test_a_heading_tells_a_kind(text, kind):
    assert read_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "area"),
    [("Gallery 📷", "Gallery"), ("Bug fixes", ""), ("All changes", ""), ("It is a sentence.", "")],
)
def test_a_heading_names_an_area(text, area):
    assert read_area(text) == area


@pytest.mark.parametrize("text", ["New Contributors", "❤️ Thanks", "Known issues", "致谢"])
def test_no_changes_stand_below_people_and_known_issues(text):
    assert holds_no_changes(text)
