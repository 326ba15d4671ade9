"""The key that makes a second import change nothing."""

from community.builds.domain.importing.fingerprint import fingerprint


def test_case_punctuation_and_the_order_of_references_do_not_matter():
    assert fingerprint("Dark  mode.", ["#2", "#1"]) == fingerprint("dark mode", ["#1", "#2"])


def test_other_words_or_references_are_another_change():
    keys = {fingerprint("Dark mode", ["#1"]), fingerprint("Dark mode", []), fingerprint("Dark", [])}
    assert len(keys) == 3


def test_titles_of_signs_alone_differ():
    assert fingerprint("+", []) != fingerprint("-", [])
