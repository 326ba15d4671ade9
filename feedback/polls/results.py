"""A poll as its page lays it out: what can be chosen, what came of it, the tables behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from feedback.polls.domain.counting import Outcome
from feedback.polls.models import Option
from feedback.polls.showing import ShownPoll
from feedback.polls.wording import said


@dataclass(frozen=True, kw_only=True)
class OptionToChoose:
    """An option in the form; `rank` is what its reader gave it, "" for none."""

    option: Option
    is_chosen: bool
    rank: str


@dataclass(frozen=True, kw_only=True)
class CountedOption:
    """A row of the result; `share` is of ballots, 0 to 1."""

    option: Option
    number: int
    votes: int
    share: float
    place: int
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A cell of the head-to-head table: ballots for the row, and whether it beats the column."""

    votes: int
    is_win: bool
    is_same: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """`options` by place; `pairs` and `rounds` are rows of a table, empty for other methods."""

    ballots: int
    options: Sequence[CountedOption]
    sentence: str
    pairs: Sequence[tuple[CountedOption, Sequence[Pair]]]
    rounds: Sequence[tuple[CountedOption, Sequence[int | None]]]
    exhausted: Sequence[int]
    has_ties: bool


def to_choose(one: ShownPoll, sent: QueryDict | None = None) -> list[OptionToChoose]:
    """The options of the form: as they were sent just now, else as one voted before.

    Those of a ranking that stand in it come first.
    """
    ranks = {str(option): str(n) for n, option in enumerate(one.mine, start=1)}
    if sent is not None:
        chosen = dict.fromkeys(sent.getlist("option"), "")
        ranks = {k.removeprefix("rank-"): str(v) for k, v in sent.items() if k[:5] == "rank-" and v}
        ranks = chosen | ranks
    rows = [
        OptionToChoose(
            option=option,
            is_chosen=str(option.pk) in ranks,
            rank=ranks.get(str(option.pk), ""),
        )
        for option in one.options
    ]
    if one.poll.is_ranked:
        rows.sort(key=lambda row: int(row.rank) if row.rank.isdecimal() else len(rows) + 1)
    return rows


def result_of(one: ShownPoll) -> Result | None:
    """What came of a poll; None where its reader may not see it."""
    outcome = one.outcome
    if outcome is None:
        return None
    mine, numbers = set(one.mine), {option.pk: n for n, option in enumerate(one.options, start=1)}
    counted = {row["option"]: row for row in outcome["options"]}
    rows = {
        option.pk: CountedOption(
            option=option,
            number=numbers[option.pk],
            votes=counted[option.pk]["votes"],
            share=counted[option.pk]["votes"] / (outcome["ballots"] or 1),
            place=counted[option.pk]["place"],
            is_mine=option.pk in mine,
        )
        for option in one.options
        if option.pk in counted
    }
    by_place = sorted(rows.values(), key=lambda row: (row.place, row.number))
    texts = {option.pk: option.text for option in one.options}
    return Result(
        ballots=outcome["ballots"],
        options=by_place,
        sentence=said(one.poll, outcome, texts),
        pairs=_pairs(outcome, rows),
        rounds=_rounds(outcome, by_place),
        exhausted=[one_round["exhausted"] for one_round in outcome.get("rounds", [])],
        has_ties=len({row.place for row in by_place}) < len(by_place),
    )


def _pairs(
    outcome: Outcome, rows: Mapping[int, CountedOption]
) -> list[tuple[CountedOption, list[Pair]]]:
    pairs = outcome.get("pairs", [])
    return [
        (
            rows[counted["option"]],
            [
                Pair(votes=votes, is_win=votes > pairs[m][n], is_same=m == n)
                for m, votes in enumerate(pairs[n])
            ],
        )
        for n, counted in enumerate(outcome["options"])
        if pairs
    ]


def _rounds(
    outcome: Outcome, by_place: Sequence[CountedOption]
) -> list[tuple[CountedOption, list[int | None]]]:
    """For each option its votes round by round; None once it is out."""
    rounds = [
        {row["option"]: row["votes"] for row in one["votes"]} for one in outcome.get("rounds", [])
    ]
    return [(row, [votes.get(row.option.pk) for votes in rounds]) for row in by_place if rounds]
