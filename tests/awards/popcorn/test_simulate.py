"""Simulated worlds: seeded, attacked as asked, and held against their targets."""

from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from awards.popcorn.domain.attacks import ATTACKS, FAKES, add_fakes, pick_pushed
from awards.popcorn.domain.simulate import ROWS, Seen, see
from awards.popcorn.domain.targets import STUDY, Row, judge, summarize, table
from awards.popcorn.domain.world import (
    AUDIENCE,
    CUTS,
    ENGINEERS,
    FEATURES,
    HOURS,
    JOY_POINTS,
    LENIENCY,
    SEGMENT_LENIENCY,
    draw_votes,
    draw_world,
    header,
)

VOTERS = 500


def test_the_same_seed_shows_the_same() -> None:
    one, again = (see("A", voters=VOTERS, seed=5, number=0) for _ in range(2))
    np.testing.assert_equal(one, again)


@pytest.mark.parametrize("row", ["clean", "E", "few"])
def test_rows_ask_what_concerns_them(row: str) -> None:
    shown = see(row, voters=VOTERS, seed=5, number=0)
    assert np.isnan(shown.mean_pushed) == (row not in ATTACKS)
    assert np.isnan(shown.true) == (row != "clean")


def test_everybody_leads_a_feature_and_shares_are_whole() -> None:
    shares = draw_world(np.random.default_rng(1)).shares
    assert shares.shape == (FEATURES, ENGINEERS)
    assert shares.sum(axis=1).tolist() == pytest.approx([1] * FEATURES)
    assert set(shares.argmax(axis=1)) == set(range(ENGINEERS))
    assert set((shares > 0).sum(axis=1)) <= {1, 2, 3}


def test_truth_is_the_joy_of_the_whole_audience() -> None:
    """By formula in the world, by drawing opinions here."""
    random = np.random.default_rng(2)
    world = draw_world(random)
    people = 100_000
    segment = random.choice(2, size=people, p=AUDIENCE)
    opinion = world.appeal + world.taste[segment] + SEGMENT_LENIENCY[segment][:, None]
    opinion += random.normal(0, LENIENCY, (people, 1)) + random.normal(size=(people, FEATURES))
    opinion += random.normal(size=(people, 2)) @ world.loadings.T
    joy = JOY_POINTS[np.searchsorted(CUTS, opinion)].mean(axis=0)
    truth = (world.shares * joy[:, None]).sum(axis=0) / world.shares.sum(axis=0)
    assert world.truth == pytest.approx(truth, abs=0.5)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_add_two_per_cent_for_a_middle_engineer(attack: str) -> None:
    random = np.random.default_rng(3)
    world = draw_world(random)
    while (pushed := pick_pushed(world, attack)) is None:
        world = draw_world(random)
    assert (world.truth > world.truth[pushed]).sum() in {5, 6}
    honest = draw_votes(random, world, VOTERS)
    votes = add_fakes(random, world, honest, attack, pushed)
    fakes = slice(VOTERS, None)
    work = set(np.flatnonzero(world.shares[:, pushed])[:5].tolist())
    assert len(votes.hour[fakes]) == VOTERS * FAKES
    assert {at in work for at in votes.loved[fakes, 0].tolist()} == {True}
    assert (votes.let_down[fakes, 0] >= 0).all() == (attack in "ABD")
    assert not (set(votes.let_down[fakes].ravel().tolist()) & work)
    spread = np.ptp(votes.hour[fakes]) + 1
    assert spread <= {"A": 2, "B": 24}.get(attack, HOURS)
    new = (votes.age_days[fakes] < 14).mean()
    assert new == {"A": 1, "B": 0.5}.get(attack, 0)
    assert (len(work) == 1) or attack != "E"


def test_the_world_is_counted_as_it_voted() -> None:
    random = np.random.default_rng(4)
    world = draw_world(random)
    votes = draw_votes(random, world, VOTERS)
    data = votes.columns()
    assert data.ballot_count == VOTERS
    assert len(data.verdict) == (votes.loved >= 0).sum() + (votes.let_down >= 0).sum()
    assert (data.verdict == 3).sum() == (votes.loved[:, 0] >= 0).sum()
    assert sum(segment.share for segment in header(world).segments) == 1


def seen(**values: float) -> Seen:
    return Seen(**{**dict.fromkeys(Seen._fields, 0.0), **values})


def test_rows_are_means_in_per_cent_with_their_errors() -> None:
    row = summarize([seen(first_right=1, true=np.nan), seen(first_right=0, true=np.nan)])
    assert (row.worlds, row.mean["first_right"]) == (2, 50)
    assert row.error["first_right"] == pytest.approx(50 / 2**0.5)
    assert "true" not in row.mean


def study(name: str, **changes: float) -> Row:
    mean = {measure: float(figures.get(name, 0)) for measure, figures in STUDY.items()}
    if name in {"clean", "few"}:
        del mean["winners_pushed"]
    return Row(200, {**mean, **changes}, dict.fromkeys(mean, 3.0))


def test_the_study_reaches_its_targets() -> None:
    verdicts = judge({name: study(name) for name in ROWS})
    assert {verdict.row for verdict in verdicts} == set(ROWS)
    assert [verdict for verdict in verdicts if not verdict.is_reached] == []


@pytest.mark.parametrize(
    ("name", "measure", "value"),
    [
        ("clean", "winners_right", 70),
        ("clean", "said", 99),
        ("clean", "lost", 1.1),
        ("A", "winners_right", 74),
        ("D", "winners_pushed", 11),
        ("E", "winners_pushed", 40),
        ("few", "winners_right", 60),
    ],
)
def test_a_missed_target_is_told(name: str, measure: str, value: float) -> None:
    missed = [one for one in judge({name: study(name, **{measure: value})}) if not one.is_reached]
    assert {verdict.row for verdict in missed} == {name}


def test_the_table_shows_ours_beside_the_study() -> None:
    shown = table({"clean": study("clean", said=88.4), "A": study("A")})
    assert "88.4 ±3.0 (92)" in shown


def test_the_command_prints_table_and_verdicts() -> None:
    said = StringIO()
    call_command(
        "simulate_award", "--worlds=1", "--voters=300", "--rows=clean", "--jobs=1",
        stdout=said, stderr=StringIO(),
    )  # fmt: skip
    assert "best engineer named by the mean" in said.getvalue()
    assert said.getvalue().count("clean: ") == 6


@pytest.mark.parametrize("wrong", ["--rows=clean,F", "--worlds=0"])
def test_the_command_refuses_what_it_cannot_do(wrong: str) -> None:
    with pytest.raises(CommandError):
        call_command("simulate_award", wrong)
