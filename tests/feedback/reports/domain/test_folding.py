"""No slice and no row of a list says anything of fewer than five voters."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.domain.counting import Voters
from feedback.reports.domain.folding import (
    DIMENSIONS,
    OTHER,
    fold_dimensions,
    fold_groups,
    fold_values,
    value,
)
from feedback.reports.models import Dimension, VoterGroup

voters = st.builds(
    Voters,
    family=st.sampled_from(["", "Mi 5", "Mi Note", "Redmi", "other"]),
    level=st.integers(0, 3),
    region=st.sampled_from(["", "广东", "北京", "四川"]),
    is_verified=st.booleans(),
)
populations = st.dictionaries(voters, st.integers(1, 12), max_size=40)


def faces(groups: dict[Voters, int]) -> Counter[tuple[str, ...]]:
    """What rows of a list say of their voters, and how many say it."""
    shown = fold_groups(groups, fold_dimensions(groups))
    found: Counter[tuple[str, ...]] = Counter()
    for (group, ballots), bits in zip(groups.items(), shown, strict=True):
        says = [value(group, d) if bits & VoterGroup.BITS[d] else OTHER for d in DIMENSIONS]
        found[tuple(says)] += ballots
    return found


def test_small_values_become_other() -> None:
    fold = fold_values({"Mi 5": 40, "Mi Note": 7, "Redmi": 3, "Nexus": 2})
    assert fold == {"Mi 5": "Mi 5", "Mi Note": "Mi Note", "Redmi": OTHER, "Nexus": OTHER}


def test_other_takes_the_smallest_with_it_until_it_is_five() -> None:
    assert fold_values({"Mi 5": 40, "Mi Note": 7, "Redmi": 3})["Mi Note"] == OTHER


def test_a_slice_whose_complement_is_a_handful_is_not_told() -> None:
    assert set(fold_values({"yes": 100, "no": 4}).values()) == {OTHER}


def test_a_value_that_everyone_has_tells_nothing_apart() -> None:
    assert fold_values({"yes": 100}) == {"yes": OTHER}


def test_a_device_called_other_is_other() -> None:
    assert fold_values({"other": 9, "Mi 5": 9, "Mi Note": 9})["other"] == OTHER


def test_unknown_is_a_value_of_its_own() -> None:
    assert value(Voters("", 2, "", is_verified=False), Dimension.REGION) == "unknown"


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 20), max_size=12))
def test_every_slice_and_its_complement_are_at_least_five(ballots: dict[str, int]) -> None:
    fold, slices = fold_values(ballots), Counter[str]()
    for name, size in ballots.items():
        slices[fold[name]] += size
    if len(slices) > 1:
        assert all(5 <= size <= sum(ballots.values()) - 5 for size in slices.values())


@given(populations)
def test_rows_that_say_the_same_are_at_least_five(groups: dict[Voters, int]) -> None:
    found = faces(groups)
    nothing = (OTHER,) * len(DIMENSIONS)
    assert all(size >= 5 for face, size in found.items() if face != nothing)
    assert found[nothing] >= 5 or found[nothing] in {0, sum(groups.values())}


@given(populations)
def test_a_slice_less_its_rows_is_nobody_or_at_least_five(groups: dict[Voters, int]) -> None:
    folds, found = fold_dimensions(groups), faces(groups)
    for place, dimension in enumerate(DIMENSIONS):
        sizes = Counter[str]()
        for group, ballots in groups.items():
            sizes[folds[dimension][value(group, dimension)]] += ballots
        for name in sizes.keys() - {OTHER}:
            listed = sum(size for face, size in found.items() if face[place] == name)
            assert sizes[name] - listed == 0 or sizes[name] - listed >= 5


def test_large_groups_show_all_they_are() -> None:
    groups = {
        Voters("Mi 5", 1, "北京", is_verified=True): 9,
        Voters("Mi 4", 2, "广东", is_verified=False): 9,
    }
    assert fold_groups(groups, fold_dimensions(groups)) == [15, 15]


def test_the_region_is_hidden_first() -> None:
    alike = [Voters("Mi 5", 1, region, is_verified=True) for region in ("北京", "广东", "四川")]
    others = [Voters("Mi 4", 2, region, is_verified=False) for region in ("北京", "广东", "四川")]
    groups = dict.fromkeys(alike + others, 4)
    bits = VoterGroup.BITS
    assert set(fold_groups(groups, fold_dimensions(groups))) == {15 - bits[Dimension.REGION]}
