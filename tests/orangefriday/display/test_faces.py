"""Letters and colours that stand for names."""

import pytest

from orangefriday.display import faces


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("林浩", "浩"),
        ("小米 fan", "米"),
        ("LB (Ben Johnston)", "L"),
        ("søren", "S"),
        ("Ｍｉ", "M"),
        ("@7 days", "7"),
        ("!?", "?"),
        ("", "?"),
    ],
)
def test_a_face_shows_the_last_han_character_or_the_first_letter(name: str, letter: str) -> None:
    assert faces.letter(name) == letter


def test_spellings_of_a_name_share_a_colour() -> None:
    assert faces.colour("MIUI Fan") == faces.colour("ｍｉｕｉ fan")


def test_names_use_all_the_colours() -> None:
    assert {faces.colour(f"member {n}") for n in range(200)} == set(range(faces.COLOURS))
