"""The simulation's table beside what award-method §6 asks of it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .simulate import Seen

HEADINGS = {
    "mean_right": "best engineer named by the mean",
    "wilson_right": "  by Wilson's lower bound",
    "first_right": "  by raw first places",
    "popscore_right": "  by PopScore",
    "mean_pushed": "attack's engineer wins by the mean",
    "popscore_pushed": "  by PopScore",
    "said": "P(best) said of the winner",
    "stays": "winner stays with ten times the voters",
    "lost": "honest weight lost",
}
# The study that the method was chosen by: 60 worlds a row, standard error 5 to 6 points.
STUDY = {
    "mean_right": {"clean": 75, "A": 35, "B": 40, "C": 60, "D": 35, "E": 53, "few": 67},
    "wilson_right": {"clean": 72, "A": 30, "B": 35, "C": 52, "D": 30, "E": 58, "few": 61},
    "first_right": {"clean": 10, "A": 10, "B": 10, "C": 10, "D": 10, "E": 10},
    "popscore_right": {"clean": 82, "A": 80, "B": 82, "C": 73, "D": 67, "E": 63, "few": 81},
    "mean_pushed": {"A": 28, "B": 27, "C": 18, "D": 28, "E": 23},
    "popscore_pushed": {"A": 0, "B": 2, "C": 12, "D": 8, "E": 23},
    "said": {"clean": 92},
    "stays": {"clean": 93},
    "lost": {"clean": 0.5},
}
STUDY_ERROR = 5.5
LEAST = {"A": 75, "B": 75, "C": 68, "D": 62}
MOST = {"A": 2, "B": 4, "C": 14, "D": 10}
SAID_WITHIN, LOST_MOST = 5, 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of worlds in per cent: mean and standard error of each measure of ``Seen``."""

    worlds: int
    mean: Mapping[str, float]
    error: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target and whether the row of that name reaches it."""

    row: str
    sentence: str
    is_reached: bool


def summarize(seen: Sequence[Seen]) -> Row:
    """Average what the worlds of a row showed; a measure nobody asked for is left out."""
    values = 100 * np.array(seen, dtype=np.float64)
    asked = [at for at, name in enumerate(Seen._fields) if not np.isnan(values[0, at])]
    names = [Seen._fields[at] for at in asked]
    mean = values[:, asked].mean(axis=0)
    error = values[:, asked].std(axis=0) / np.sqrt(len(values))
    return Row(
        worlds=len(seen),
        mean=dict(zip(names, mean.tolist(), strict=True)),
        error=dict(zip(names, error.tolist(), strict=True)),
    )


def judge(rows: Mapping[str, Row]) -> list[Verdict]:
    """Hold the rows that were simulated against the targets of award-method §6."""
    return [verdict for name, row in rows.items() for verdict in _judge_row(name, row)]


def table(rows: Mapping[str, Row]) -> str:
    """The rows side by side: per cent ± standard error, the study's figure in brackets."""
    width = 17
    lines = ["% of weeks".ljust(41) + "".join(name.rjust(width) for name in rows)]
    lines.append(
        "worlds".ljust(41) + "".join(str(row.worlds).rjust(width) for row in rows.values())
    )
    for measure, heading in HEADINGS.items():
        cells = "".join(_cell(name, row, measure).rjust(width) for name, row in rows.items())
        lines.append(heading.ljust(41) + cells)
    return "\n".join(lines)


def _judge_row(name: str, row: Row) -> Iterator[Verdict]:
    right, pushed = row.mean["popscore_right"], row.mean.get("popscore_pushed")
    if name in ("clean", "few"):
        for baseline in ("mean_right", "wilson_right", "first_right"):
            other = row.mean[baseline]
            yield Verdict(name, f"PopScore {right:.1f} > {baseline} {other:.1f}", right > other)
    if name == "clean":
        off = abs(row.mean["said"] - row.mean["stays"])
        yield Verdict(name, f"|said − true| {off:.1f} ≤ {SAID_WITHIN}", off <= SAID_WITHIN)
        lost = row.mean["lost"]
        yield Verdict(name, f"honest weight lost {lost:.2f} ≤ {LOST_MOST}", lost <= LOST_MOST)
    least = LEAST.get(name, STUDY["popscore_right"][name] - _slack(row, "popscore_right"))
    yield Verdict(name, f"PopScore names the best {right:.1f} ≥ {least:.1f}", right >= least)
    if pushed is not None:
        most = MOST.get(name, STUDY["popscore_pushed"][name] + _slack(row, "popscore_pushed"))
        yield Verdict(name, f"the attack wins {pushed:.1f} ≤ {most:.1f}", pushed <= most)


def _slack(row: Row, measure: str) -> float:
    """Twice the standard error of the difference from the study."""
    return 2 * math.hypot(row.error[measure], STUDY_ERROR)


def _cell(name: str, row: Row, measure: str) -> str:
    if measure not in row.mean:
        return "–"
    study = STUDY[measure].get(name)
    beside = "" if study is None else f" ({study:g})"
    return f"{row.mean[measure]:.1f} ±{row.error[measure]:.1f}{beside}"
