"""Which sections are imported, and as what."""

import pytest

from community.builds.domain.importing.choose import NoSuchSection, choose
from community.builds.domain.importing.parse import parse

THREE = parse("## Unreleased\n- C\n## v1.1 - 2026-02-01\n- B\n## 1.0 - 2026-01-01\n- A\n## 0.9\n")
PLAIN = parse("- A\n")


def versions(*arguments, **choice):
    return [version for _section, version in choose(*arguments, **choice)]


def test_a_version_is_found_with_or_without_its_v():
    assert versions(THREE, version="1.1") == versions(THREE, version="V1.1") == ["v1.1"]


def test_all_are_taken_the_oldest_first():
    assert versions(THREE, is_all=True) == ["1.0", "v1.1"]
    undated = parse("## 1.1\n- B\n## 1.0\n- A\n")
    assert versions(undated, is_all=True) == ["1.0", "1.1"]


def test_notes_without_a_version_are_given_one():
    assert versions(PLAIN, version="5.0") == ["5.0"]


def test_the_unreleased_part_is_given_a_version():
    ((section, version),) = choose(THREE, version="1.2", is_unreleased=True)
    assert (section.entries[0].title, version) == ("C", "1.2")


def test_one_version_needs_no_choice():
    assert versions(parse("## 1.0\n- A\n")) == ["1.0"]


@pytest.mark.parametrize(
    ("notes", "choice", "said"),
    [
        (THREE, {}, "an unreleased part, v1.1, 1.0"),
        (THREE, {"version": "3.0"}, "no version 3.0"),
        (PLAIN, {}, "give one"),
        (PLAIN, {"is_all": True}, "give one"),
    ],
)
def test_a_choice_that_fits_nothing_is_refused_with_what_there_is(notes, choice, said):
    with pytest.raises(NoSuchSection, match=said):
        choose(notes, **choice)
