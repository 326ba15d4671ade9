"""Schulze and instant run-off: textbook examples, and what each method promises."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.polls.domain.profiles import Profile, Ranking, first_choices, pairwise
from feedback.polls.domain.runoff import runoff
from feedback.polls.domain.schulze import schulze
from tests.feedback.polls.making import TENNESSEE, profile

OPTIONS = range(5)
FEW = settings(max_examples=40)
rankings = st.permutations(OPTIONS).flatmap(
    lambda order: st.integers(1, len(order)).map(lambda length: tuple(order[:length]))
)
profiles = st.lists(rankings, min_size=1, max_size=12).map(lambda said: dict(Counter(said)))

FORTY_FIVE = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip


def condorcet_winner(said: Profile) -> int | None:
    pairs = pairwise(OPTIONS, said)
    beats = (a for a in OPTIONS if all(pairs[a][b] > pairs[b][a] for b in OPTIONS if b != a))
    return next(beats, None)


def bijection(said: Profile, names: list[int]) -> dict[Ranking, int]:
    return {tuple(names[option] for option in ranking): n for ranking, n in said.items()}


def test_schulze_orders_the_forty_five_ballots_as_published() -> None:
    result = schulze(OPTIONS, profile(FORTY_FIVE, "ABCDE"))
    assert [result.places[n] for n in OPTIONS] == [2, 4, 3, 5, 1]
    assert result.strengths[4] == [25, 28, 28, 31, 0]


def test_schulze_gives_tennessee_the_capital_that_beats_all_others() -> None:
    assert schulze(range(4), profile(TENNESSEE, "MNCK")).winners == [1]


def test_a_cycle_of_equal_wins_is_a_tie() -> None:
    said = profile({"ABC": 1, "BCA": 1, "CAB": 1}, "ABC")
    assert schulze(range(3), said).winners == [0, 1, 2]
    assert runoff(range(3), said).winners == (0, 1, 2)


def test_run_off_gives_tennessee_the_capital_of_the_textbooks() -> None:
    result = runoff(range(4), profile(TENNESSEE, "MNCK"))
    assert [sorted(one.votes.values()) for one in result.rounds] == [
        [15, 17, 26, 42],
        [26, 32, 42],
        [42, 58],
    ]
    assert [one.out for one in result.rounds] == [(2,), (1,), ()]
    assert result.places == {3: 1, 0: 2, 1: 3, 2: 4}


def test_two_with_as_few_votes_meet_head_to_head() -> None:
    said = profile({"ABC": 3, "AB": 1, "BC": 3, "CB": 3}, "ABC")
    assert runoff(range(3), said).winners == (1,)


@FEW
@given(profiles)
def test_a_condorcet_winner_wins_schulze_alone(said: Profile) -> None:
    winner = condorcet_winner(said)
    if winner is not None:
        assert schulze(OPTIONS, said).winners == [winner]


@FEW
@given(profiles)
def test_a_majority_wins_by_both_methods(said: Profile) -> None:
    for option, votes in first_choices(OPTIONS, said).items():
        if 2 * votes > sum(said.values()):
            assert schulze(OPTIONS, said).winners == [option]
            assert runoff(OPTIONS, said).winners == (option,)


@FEW
@given(profiles, st.permutations(OPTIONS), st.permutations(OPTIONS))
def test_names_and_order_of_options_decide_nothing(
    said: Profile, names: list[int], order: list[int]
) -> None:
    renamed = bijection(said, names)
    for method in (schulze, runoff):
        places = method(OPTIONS, said).places
        again = method(order, renamed).places
        assert {names[option]: place for option, place in places.items()} == again


@FEW
@given(profiles)
def test_schulze_never_places_a_beaten_option_above_its_beaters(said: Profile) -> None:
    result = schulze(OPTIONS, said)
    assert result.winners
    for a in OPTIONS:
        for b in OPTIONS:
            if result.strengths[a][b] > result.strengths[b][a]:
                assert result.places[a] < result.places[b]


@FEW
@given(profiles, st.data())
def test_raising_the_winner_on_a_ballot_leaves_it_winning_by_schulze(
    said: Profile, data: st.DataObject
) -> None:
    winner = data.draw(st.sampled_from(schulze(OPTIONS, said).winners))
    ranking = data.draw(st.sampled_from(sorted(said)))
    raised = Counter(said) - Counter([ranking])
    raised[winner, *(option for option in ranking if option != winner)] += 1
    assert winner in schulze(OPTIONS, raised).winners


@FEW
@given(profiles)
def test_one_more_ballot_for_the_winner_alone_leaves_it_winning_by_run_off(said: Profile) -> None:
    # Not so for Schulze's method, nor for a ballot that ranks others below.
    for winner in runoff(OPTIONS, said).winners:
        assert runoff(OPTIONS, Counter(said) + Counter([(winner,)])).winners == (winner,)


@FEW
@given(profiles)
def test_run_off_loses_no_ballot(said: Profile) -> None:
    for one in runoff(OPTIONS, said).rounds:
        assert sum(one.votes.values()) + one.exhausted == sum(said.values())
