"""The rows an award is computed from."""

from collections.abc import Callable
from datetime import timedelta

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.queries import SnapshotRow, snapshot_rows, voted_in

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_snapshot_row_says_what_the_award_needs(
    make_member: Callable[..., Member], make_build: Callable[..., Build]
) -> None:
    build = make_build(opened=5.5 * HOUR)
    member = make_member(joined=2 * DAY)
    features = list(build.features.order_by("pk").values_list("pk", flat=True))
    answers = Answers.parse(
        {"mood": "sad", "loved": features[:2], "let_down": features[2:3], "wishes": []}
    )
    saved = save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    assert list(snapshot_rows(build.pk)) == [
        SnapshotRow(
            member_id=member.pk,
            age_days=1,
            hour=5,
            family="",
            loved=features[:2],
            let_down=features[2:3],
            receipt=saved.receipt,
            is_staff=False,
        )
    ]


def test_an_account_younger_than_the_build_has_no_age(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    save_ballot(member_id=make_member(joined=HOUR).pk, build_id=build.pk, answers=answers)
    assert [row.age_days for row in snapshot_rows(build.pk)] == [0]


def test_a_snapshot_is_read_in_one_query(
    make_member: Callable[..., Member],
    build: Build,
    answers: Answers,
    django_assert_num_queries: Callable,
) -> None:
    for _ in range(3):
        save_ballot(member_id=make_member().pk, build_id=build.pk, answers=answers)
    with django_assert_num_queries(1):
        assert len(list(snapshot_rows(build.pk))) == 3


def test_of_some_builds_those_a_member_voted_on(
    member: Member, make_build: Callable[..., Build]
) -> None:
    voted, asked, silent = make_build(), make_build(), make_build()
    for build in (voted, asked):
        save_ballot(member_id=member.pk, build_id=build.pk, answers=Answers(1, (), (), ()))
    assert voted_in(member, [asked.pk, silent.pk]) == {asked.pk}
