"""Figures as readers write them."""

import pytest
from django.utils.translation import override

from community.text import numbers


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (0, 0, "0"),
        (1284, 0, "1 284"),
        (-18330, 0, "−18 330"),
        (84.44, 1, "84.4"),
        (-0.01, 1, "0.0"),
    ],
)
def test_count_groups_thousands(number: float, digits: int, text: str) -> None:
    assert numbers.count(number, digits) == text.replace(" ", numbers.SPACE)


@pytest.mark.parametrize(("number", "text"), [(6, "+6"), (-3, "−3"), (0.4, "0"), (-0.4, "0")])
def test_signed_gives_no_sign_to_nothing(number: float, text: str) -> None:
    assert numbers.signed(number) == text


@pytest.mark.parametrize(("language", "text"), [("en", f"71{numbers.SPACE}%"), ("zh-hans", "71%")])
def test_percent_follows_the_language(language: str, text: str) -> None:
    with override(language):
        assert numbers.percent(0.714) == text


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (13_600_000, "13.6 MB"),
        (999_600_000, "1.0 GB"),
        (2_500_000_000_000, "2 500 GB"),
    ],
)
def test_sizes_keep_three_figures(octets: int, text: str) -> None:
    assert numbers.size(octets) == text.replace(" ", numbers.SPACE)
