"""Counting a closed build: once, completely, and the same as an independent recount."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.builds.domain import engineers
from community.builds.models import Build, Install
from community.members.models import Device, Member
from feedback.fourgrid.domain import tally
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.models import Ballot, FeatureTally, ProposalTally, Tally
from feedback.fourgrid.tasks import tally_closed, tally_due
from tests.community.builds.making import make_engineer
from tests.feedback.reports import making

HOUR = timedelta(hours=1)


def close(build: Build) -> None:
    now = timezone.now()
    Build.objects.filter(pk=build.pk).update(
        state=Build.State.CLOSED, closed_at=now, ballots_close_at=now, tally_at=now
    )


def vote(member: Member, build: Build, answers: Answers) -> None:
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)


def add_install(member: Member, build: Build, *, ago: timedelta) -> None:
    device = Device.objects.create(
        member=member,
        family="Phone",
        public_key=str(member.pk).encode(),
        added_at=timezone.now(),
    )
    Install.objects.create(build=build, device=device, reported_at=timezone.now() - ago)


def test_only_a_closed_build_is_counted(build: Build) -> None:
    with pytest.raises(tally.NotClosed):
        tally.count(build_id=build.pk, at=timezone.now())
    assert not Tally.objects.exists()


def test_every_verdict_is_counted_at_its_place(
    make_member: Callable[..., Member], build: Build, features: list[int], wishes: list[int]
) -> None:
    first, second, third, *_, last = features
    happy = {"mood": Ballot.Mood.HAPPY, "wishes": tuple(wishes[:2])}
    vote(make_member(), build, Answers(**happy, loved=(first, second), let_down=(third, last)))
    sad = {"mood": Ballot.Mood.SAD, "wishes": (wishes[1],)}
    vote(make_member(), build, Answers(**sad, loved=(second,), let_down=(first,)))
    close(build)
    counted = tally.count(build_id=build.pk, at=timezone.now())
    assert (counted.ballots, counted.happy, counted.sad, counted.in_love) == (2, 1, 1, 0)
    verdicts = FeatureTally.objects.order_by("feature__position").values_list(
        "loved_most", "loved", "let_down", "let_down_most"
    )
    nothing = (0, 0, 0, 0)
    assert list(verdicts) == [
        (1, 0, 0, 1),
        (1, 1, 0, 0),
        (0, 0, 0, 1),
        *[nothing] * 4,
        (0, 0, 1, 0),
    ]
    hopes = ProposalTally.objects.order_by("-named").values_list("proposal", "named", "named_first")
    assert list(hopes) == [(wishes[1], 2, 1), (wishes[0], 1, 1)]


def test_staff_are_counted_apart(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    vote(make_member(is_staff=True), build, answers)
    vote(make_member(), build, answers)
    close(build)
    counted = tally.count(build_id=build.pk, at=timezone.now())
    assert (counted.eligible, counted.ballots, counted.staff) == (1, 1, 1)
    assert FeatureTally.objects.get(feature=answers.loved[0]).loved_most == 1


def test_only_a_device_that_reported_in_time_verifies(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    in_time, late, nobody = make_member(), make_member(), make_member()
    for member in (in_time, late, nobody):
        vote(member, build, answers)
    add_install(in_time, build, ago=HOUR)
    close(build)
    add_install(late, build, ago=-HOUR)
    assert tally.count(build_id=build.pk, at=timezone.now()).verified == 1


def test_who_could_have_voted_is_counted(make_member: Callable[..., Member], build: Build) -> None:
    make_member()
    make_member(is_active=False)
    make_member(verified=False)
    make_member(suspended_until=timezone.now() + HOUR)
    close(build)
    make_member(joined=-HOUR)
    assert tally.count(build_id=build.pk, at=timezone.now()).eligible == 1


def test_who_could_have_voted_follows_the_builds_rules(
    make_member: Callable[..., Member], make_build: Callable[..., Build]
) -> None:
    build = make_build(requires_older_account=True, requires_verified_install=True)
    add_install(make_member(), build, ago=HOUR)
    add_install(make_member(joined=2 * HOUR), build, ago=HOUR)
    make_member()
    close(build)
    assert tally.count(build_id=build.pk, at=timezone.now()).eligible == 1


def test_a_build_is_counted_once(member: Member, build: Build, answers: Answers) -> None:
    vote(member, build, answers)
    close(build)
    first = tally.count(build_id=build.pk, at=timezone.now())
    second = tally.count(build_id=build.pk, at=timezone.now() + HOUR)
    assert (second.pk, second.counted_at) == (first.pk, first.counted_at)


def test_what_is_due_is_counted(make_build: Callable[..., Build]) -> None:
    due, waiting, is_open = make_build(), make_build(), make_build()
    close(due)
    close(waiting)
    Build.objects.filter(pk=waiting.pk).update(tally_at=timezone.now() + HOUR)
    assert tally_due(timezone.now()) == [due.pk]
    assert tally_due(timezone.now()) == []
    assert not Tally.objects.filter(build__in=[waiting, is_open]).exists()


def test_the_task_counts_what_is_due_now(build: Build) -> None:
    close(build)
    tally_closed()
    assert Tally.objects.get().build == build


ballot = st.tuples(
    st.sampled_from(Ballot.Mood),
    st.lists(st.integers(0, 7), max_size=10, unique=True),
    st.lists(st.integers(0, 3), max_size=3, unique=True),
    st.booleans(),
)


def test_verdicts_on_ones_own_work_are_left_out(db: None) -> None:
    """Also of who signed it under a name that is merged since."""
    build = making.open_build(features=2)
    one, two = build.features.order_by("position").values_list("pk", flat=True)
    ballots = making.put([making.vote(build, loved=[one], let_down=[two]) for _ in range(2)])
    standing = make_engineer("L. Hao", member=ballots[0].member)
    engineers.merge(engineer=make_engineer("林浩"), into=standing)
    counted = making.close(build)
    rows = counted.features.order_by("feature__position")
    assert list(rows.values_list("loved_most", "let_down_most")) == [(1, 0), (0, 1)]
    assert tally.recount(build.pk)[1] == Counter([(one, "loved_most"), (two, "let_down_most")])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ballots=st.lists(ballot, max_size=12))
def test_the_tally_is_what_a_recount_finds(
    ballots: list[tuple[Ballot.Mood, list[int], list[int], bool]],
    make_member: Callable[..., Member],
    make_build: Callable[..., Build],
    wishes: list[int],
) -> None:
    build = make_build()
    features = list(build.features.order_by("pk").values_list("pk", flat=True))
    for mood, named, hopes, is_staff in ballots:
        ids = [features[n] for n in named]
        answers = Answers(mood, tuple(ids[:5]), tuple(ids[5:]), tuple(wishes[n] for n in hopes))
        vote(make_member(is_staff=is_staff), build, answers)
    close(build)
    counted = tally.count(build_id=build.pk, at=timezone.now())
    moods, verdicts, named_wishes = tally.recount(build.pk)
    assert {name: getattr(counted, name) for name in moods} == moods
    assert counted.ballots == moods.total()
    stored = {
        (row.feature_id, verdict): getattr(row, verdict)
        for row in counted.features.all()
        for verdict in ("loved_most", "loved", "let_down", "let_down_most")
    }
    assert {key: n for key, n in stored.items() if n} == verdicts
    assert {row.proposal_id: row.named for row in counted.proposals.all()} == named_wishes
