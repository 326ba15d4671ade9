"""Saving a ballot: every rule with its sentence, the same ballot twice, changing it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from community.builds.models import Build, Install
from community.members.models import Device, Member
from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import SavedBallot, save_ballot
from feedback.fourgrid.domain.refusals import BallotRefused, Reason
from feedback.fourgrid.models import Ballot, BallotVersion
from feedback.proposals.models import Proposal

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def vote(
    member: Member, build: Build, answers: Answers, replaces: int | None = None
) -> SavedBallot:
    return save_ballot(
        member_id=member.pk,
        build_id=build.pk,
        answers=answers,
        build=build.version,
        replaces=replaces,
    )


def refusal(member: Member, build: Build, answers: Answers) -> BallotRefused:
    with pytest.raises(BallotRefused) as refused:
        vote(member, build, answers)
    assert not Ballot.objects.exists()
    assert not BallotVersion.objects.exists()
    return refused.value


def test_a_ballot_is_stored_as_answered(member: Member, build: Build, answers: Answers) -> None:
    saved = vote(member, build, answers)
    ballot = Ballot.objects.get()
    assert (saved.revision, saved.is_repeat) == (1, False)
    assert (ballot.mood, ballot.loved) == (answers.mood, list(answers.loved))
    assert (ballot.let_down, ballot.wishes) == (list(answers.let_down), list(answers.wishes))
    assert ballot.comments == answers.comments
    assert ballot.saved_at == ballot.first_saved_at == saved.saved_at


def test_the_receipt_commits_to_the_stored_answers(
    member: Member, build: Build, answers: Answers
) -> None:
    saved = vote(member, build, answers)
    content = receipts.canonical(build_id=build.pk, member_id=member.pk, answers=answers)
    assert saved.receipt == receipts.digest(bytes(Ballot.objects.get().nonce), content)


def test_the_same_ballot_again_gives_the_same_receipt(
    member: Member, build: Build, answers: Answers
) -> None:
    first, second = vote(member, build, answers), vote(member, build, answers)
    assert second == replace_repeat(first)
    assert BallotVersion.objects.count() == 1


def replace_repeat(saved: SavedBallot) -> SavedBallot:
    return replace(saved, is_repeat=True)


def test_a_changed_ballot_counts_and_the_old_one_is_kept(
    member: Member, build: Build, answers: Answers
) -> None:
    first = vote(member, build, answers)
    second = vote(member, build, replace(answers, mood=Ballot.Mood.SAD))
    ballot = Ballot.objects.get()
    assert (ballot.mood, ballot.revision, bytes(ballot.receipt)) == (4, 2, second.receipt)
    assert ballot.first_saved_at == first.saved_at
    versions = BallotVersion.objects.order_by("revision").values_list("mood", flat=True)
    assert list(versions) == [answers.mood, 4]


def test_a_ballot_that_replaces_an_older_one_than_stands_is_refused(
    member: Member, build: Build, answers: Answers
) -> None:
    vote(member, build, answers, replaces=0)
    vote(member, build, replace(answers, mood=Ballot.Mood.SAD), replaces=1)
    with pytest.raises(BallotRefused) as refused:
        vote(member, build, replace(answers, mood=Ballot.Mood.HAPPY), replaces=1)
    assert refused.value.reason is Reason.CHANGED_ELSEWHERE
    assert str(refused.value).startswith("You have changed this ballot elsewhere meanwhile, at")
    assert Ballot.objects.get().revision == 2


def test_a_thousand_changes_are_enough(member: Member, build: Build, answers: Answers) -> None:
    vote(member, build, answers)
    Ballot.objects.update(revision=1000)
    with pytest.raises(BallotRefused) as refused:
        vote(member, build, replace(answers, mood=Ballot.Mood.SAD))
    assert refused.value.reason is Reason.CHANGED_TOO_OFTEN
    assert vote(member, build, answers).is_repeat


def test_the_voters_segments_are_stored(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    voter = make_member(level=3, region="Wuhan", is_staff=True)
    add_device(voter, family="Old phone", is_main=True)
    vote(voter, build, answers)
    ballot = Ballot.objects.get()
    assert (ballot.family, ballot.level, ballot.region) == ("Old phone", 3, "Wuhan")
    assert ballot.is_staff


def test_the_device_that_runs_the_build_is_the_voters_family(
    member: Member, build: Build, answers: Answers
) -> None:
    add_device(member, family="Old phone", is_main=True)
    device = add_device(member, family="New phone")
    Install.objects.create(build=build, device=device, reported_at=timezone.now())
    vote(member, build, answers)
    assert Ballot.objects.get().family == "New phone"


def add_device(member: Member, *, family: str, is_main: bool = False) -> Device:
    return Device.objects.create(
        member=member,
        family=family,
        is_main=is_main,
        public_key=family.encode(),
        added_at=timezone.now(),
    )


def change(build: Build, **fields: object) -> None:
    Build.objects.filter(pk=build.pk).update(**fields)


def test_an_unknown_build_is_refused(member: Member, build: Build, answers: Answers) -> None:
    build.pk += 1
    assert str(refusal(member, build, answers)) == "There is no such build."


def test_a_build_that_is_not_out_is_unknown(
    member: Member, make_build: Callable[..., Build], answers: Answers
) -> None:
    build = make_build(state=Build.State.SCHEDULED, published_at=None)
    assert refusal(member, build, answers).reason is Reason.UNKNOWN_BUILD


def test_an_early_ballot_hears_when_it_opens(
    member: Member, make_build: Callable[..., Build], answers: Answers
) -> None:
    opens_at = timezone.now() + HOUR
    build = make_build(ballots_open_at=opens_at)
    refused = refusal(member, build, answers)
    assert (refused.reason, refused.moment) == (Reason.NOT_OPEN, opens_at)
    assert str(refused).startswith(f"Ballots of {build.version} open at")


def test_a_late_ballot_hears_when_it_closed(member: Member, build: Build, answers: Answers) -> None:
    closes_at = timezone.now()
    change(build, ballots_close_at=closes_at)
    refused = refusal(member, build, answers)
    assert (refused.reason, refused.moment) == (Reason.CLOSED, closes_at)
    assert str(refused).startswith(f"Ballots of {build.version} closed at")
    assert str(refused).endswith("(UTC+08:00).")


def test_the_state_closes_as_the_clock_does(member: Member, build: Build, answers: Answers) -> None:
    closed_at = timezone.now() - HOUR
    change(build, state=Build.State.CLOSED, closed_at=closed_at)
    refused = refusal(member, build, answers)
    assert (refused.reason, refused.moment) == (Reason.CLOSED, closed_at)


def test_a_ballot_sent_again_after_the_close_gets_its_receipt(
    member: Member, build: Build, answers: Answers
) -> None:
    first = vote(member, build, answers)
    change(build, state=Build.State.CLOSED, closed_at=timezone.now())
    assert vote(member, build, answers) == replace_repeat(first)


def test_a_build_taken_back_stops_its_ballots(
    member: Member, build: Build, answers: Answers
) -> None:
    change(build, state=Build.State.RECALLED)
    sentence = f"Build {build.version} was taken back; its ballots have stopped."
    assert str(refusal(member, build, answers)) == sentence


def test_a_closed_account_may_not_vote(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    refused = refusal(make_member(is_active=False), build, answers)
    assert str(refused) == "Not eligible: this account is closed."


def test_a_suspended_member_hears_until_when(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    until = timezone.now() + DAY
    refused = refusal(make_member(suspended_until=until), build, answers)
    assert refused.moment == until
    assert str(refused).startswith("Not eligible: this account is suspended until")


def test_a_suspension_that_is_over_does_not_count(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    assert vote(make_member(suspended_until=timezone.now() - HOUR), build, answers).revision == 1


def test_an_unverified_address_may_not_vote(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    refused = refusal(make_member(verified=False), build, answers)
    assert str(refused) == "Not eligible: verify your e-mail address first."


def test_a_young_account_may_vote(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    assert vote(make_member(joined=HOUR), build, answers).revision == 1


def test_a_build_may_require_an_older_account(
    make_member: Callable[..., Member], make_build: Callable[..., Build], answers: Answers
) -> None:
    build = make_build(requires_older_account=True)
    refused = refusal(make_member(joined=HOUR), build, answers)
    assert (refused.reason, refused.moment) == (Reason.YOUNG_ACCOUNT, build.published_at)


def test_a_build_may_require_a_device_that_runs_it(
    member: Member, make_build: Callable[..., Build], wishes: list[int]
) -> None:
    build = make_build(requires_verified_install=True)
    answers = Answers(Ballot.Mood.HAPPY, (), (), ())
    device = add_device(member, family="Phone")
    assert refusal(member, build, answers).reason is Reason.UNVERIFIED_INSTALL
    Install.objects.create(build=build, device=device, reported_at=timezone.now())
    assert vote(member, build, answers).revision == 1


def test_a_feature_of_another_build_is_named_in_the_refusal(
    member: Member, build: Build, make_build: Callable[..., Build], answers: Answers
) -> None:
    foreign = make_build().features.first()
    assert foreign
    refused = refusal(member, build, replace(answers, let_down=(foreign.pk,)))
    assert str(refused) == f"Feature {foreign.pk} is not in build {build.version}."
    refused = refusal(member, build, replace(answers, loved=(foreign.pk, foreign.pk + 1)))
    assert str(refused).startswith(f"Features {foreign.pk}, {foreign.pk + 1} are not in build")


def test_the_database_too_refuses_a_feature_in_both_cells(
    member: Member, build: Build, features: list[int], answers: Answers
) -> None:
    refused = refusal(member, build, replace(answers, let_down=(features[1],)))
    assert str(refused) == "A feature is named twice."


def test_the_database_too_refuses_a_feature_named_twice_in_a_cell(
    member: Member, build: Build, features: list[int], answers: Answers
) -> None:
    refused = refusal(member, build, replace(answers, loved=(features[0], features[0])))
    assert refused.reason is Reason.NAMED_TWICE


def test_the_database_too_refuses_a_wish_named_twice(
    member: Member, build: Build, wishes: list[int], answers: Answers
) -> None:
    refused = refusal(member, build, replace(answers, wishes=(wishes[0], wishes[0])))
    assert refused.reason is Reason.WISHED_TWICE


def test_a_wish_that_is_not_open_any_more_is_named(
    member: Member, build: Build, wishes: list[int], answers: Answers
) -> None:
    Proposal.objects.filter(pk=wishes[1]).update(status=Proposal.Status.SHIPPED)
    refused = refusal(member, build, replace(answers, wishes=(wishes[0], wishes[1])))
    assert str(refused) == f"Wish {wishes[1]} is not open here any more; choose another."


def test_the_database_refuses_a_mood_that_is_none(
    member: Member, build: Build, answers: Answers
) -> None:
    with pytest.raises(IntegrityError, match="ballot_mood"):
        vote(member, build, replace(answers, mood=5))


def test_the_database_refuses_an_overfull_cell(
    member: Member, build: Build, features: list[int], answers: Answers
) -> None:
    with pytest.raises(IntegrityError, match="ballot_cells_not_overfull"):
        vote(member, build, replace(answers, loved=tuple(features[:6]), let_down=()))


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_could_not_see_a_close_is_not_taken(
    member: Member, build: Build, answers: Answers
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        try:
            with pytest.raises(Exception, match="READ COMMITTED"):
                vote(member, build, answers)
        finally:
            cursor.execute(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED"
            )
