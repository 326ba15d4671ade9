"""The simulation's table beside what award-method §6 asks of it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .simulate import Seen

HEADINGS = {
    "mean_right": "best engineer named by the mean",
    "wilson_right": "  by Wilson's lower bound",
    "loves_right": "  by raw first places",
    "first_right": "  by the highest PopScore",
    "winners_right": "  among PopScore's winners",
    "mean_pushed": "attack's engineer wins by the mean",
    "first_pushed": "  by the highest PopScore",
    "winners_pushed": "  among PopScore's winners",
    "said": "P(best) said of the winners",
    "true": "  true with ten times the voters",
    "lost": "honest weight lost",
}
# The study that the method was chosen by: 60 worlds a row, standard error 5 to 6 points.
STUDY: Mapping[str, Mapping[str, float]] = {
    "mean_right": {"clean": 75, "A": 35, "B": 40, "C": 60, "D": 35, "E": 53, "few": 67},
    "wilson_right": {"clean": 72, "A": 30, "B": 35, "C": 52, "D": 30, "E": 58, "few": 61},
    "loves_right": {"clean": 10, "A": 10, "B": 10, "C": 10, "D": 10, "E": 10},
    "winners_right": {"clean": 82, "A": 80, "B": 82, "C": 73, "D": 67, "E": 63, "few": 81},
    "mean_pushed": {"A": 28, "B": 27, "C": 18, "D": 28, "E": 23},
    "winners_pushed": {"A": 0, "B": 2, "C": 12, "D": 8, "E": 23},
    "said": {"clean": 92},
    "true": {"clean": 93},
    "lost": {"clean": 0.5},
}
BASELINES = {
    "mean_right": "the mean",
    "wilson_right": "Wilson's bound",
    "loves_right": "first places",
}
STUDY_ERROR = 5.5
LEAST: Mapping[str, float] = {"A": 75, "B": 75, "C": 68, "D": 62}
MOST: Mapping[str, float] = {"A": 2, "B": 4, "C": 14, "D": 10}
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
    width = 18
    lines = ["% of weeks".ljust(41) + "".join(name.rjust(width) for name in rows)]
    lines.append(
        "worlds".ljust(41) + "".join(str(row.worlds).rjust(width) for row in rows.values())
    )
    for measure, heading in HEADINGS.items():
        cells = "".join(_cell(name, row, measure).rjust(width) for name, row in rows.items())
        lines.append(heading.ljust(41) + cells)
    return "\n".join(lines)


def _judge_row(name: str, row: Row) -> Iterator[Verdict]:
    right = row.mean["winners_right"]
    least = LEAST.get(name, STUDY["winners_right"][name] - _slack(row, "winners_right"))
    yield Verdict(name, f"names the best {right:.1f} ≥ {least:.1f}", right >= least)
    if "winners_pushed" in row.mean:
        pushed = row.mean["winners_pushed"]
        most = MOST.get(name, STUDY["winners_pushed"][name] + _slack(row, "winners_pushed"))
        yield Verdict(name, f"the attack wins {pushed:.1f} ≤ {most:.1f}", pushed <= most)
    if name == "clean":
        yield from _judge_clean(row)


def _judge_clean(row: Row) -> Iterator[Verdict]:
    for measure, words in BASELINES.items():
        right, other = row.mean["winners_right"], row.mean[measure]
        yield Verdict("clean", f"names the best {right:.1f} > {words} {other:.1f}", right > other)
    off = abs(row.mean["said"] - row.mean["true"])
    yield Verdict("clean", f"|said − true| {off:.1f} ≤ {SAID_WITHIN}", off <= SAID_WITHIN)
    lost = row.mean["lost"]
    yield Verdict("clean", f"honest weight lost {lost:.2f} ≤ {LOST_MOST}", lost <= LOST_MOST)


def _slack(row: Row, measure: str) -> float:
    """Twice the standard error of the difference from the study."""
    return 2 * math.hypot(row.error[measure], STUDY_ERROR)


def _cell(name: str, row: Row, measure: str) -> str:
    if measure not in row.mean:
        return "–"
    study = STUDY.get(measure, {}).get(name)
    beside = "" if study is None else f" ({study:g})"
    return f"{row.mean[measure]:.1f} ±{row.error[measure]:.1f}{beside}"
