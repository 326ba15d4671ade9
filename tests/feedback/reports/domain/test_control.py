"""The control chart of an area."""

import pytest

from feedback.reports.domain.charts.control import control_chart
from feedback.reports.domain.control import Week, control


def weeks(*let_down: int, named: int = 1000) -> list[Week]:
    return [Week(f"6.{n}", f"6.{n}", named, number) for n, number in enumerate(let_down)]


USUAL = (300, 310, 290, 305, 295, 300, 302, 298)


@pytest.mark.parametrize(
    ("last", "signal"), [(300, "steady"), (400, "worse"), (200, "better"), (330, "steady")]
)
def test_a_build_is_judged_by_those_before(last: int, signal: str) -> None:
    assert control("Camera", weeks(*USUAL, last))["signal"] == signal


def test_an_area_that_sways_has_wider_limits() -> None:
    swaying = control("Camera", weeks(200, 400, 210, 390, 205, 395, 200, 400))
    assert swaying["signal"] == "steady"
    assert control("Camera", weeks(*USUAL[:7], 400))["signal"] == "worse"


def test_few_votes_have_wide_limits() -> None:
    assert control("Camera", [*weeks(*USUAL), Week("6.9", "6.9", 10, 5)])["signal"] == "steady"


def test_eight_in_a_row_on_one_side_are_a_drift() -> None:
    drifting = control("Camera", weeks(*(290,) * 20, *(312,) * 8))
    assert drifting["signal"] == "drifts_worse"
    assert control("Camera", weeks(*(290,) * 20, *(312,) * 7))["signal"] == "steady"


def test_too_few_builds_say_nothing() -> None:
    early = control("Camera", weeks(*USUAL[:6]))
    assert (early["signal"], early["usual"]) == ("early", None)
    assert control("Camera", weeks(*USUAL[:7]))["signal"] != "early"


def test_the_chart_holds_all_dots_and_marks_those_outside() -> None:
    chart = control_chart(control("Camera", weeks(*USUAL, 1000)))
    assert all(0 <= dot.y <= chart.bottom for dot in chart.dots)
    assert [dot.tone for dot in chart.dots[-2:]] == ["faint", "letdown"]
    assert chart.band.startswith("M")
    assert control_chart(control("Camera", weeks(0)), is_small=True).band == ""
