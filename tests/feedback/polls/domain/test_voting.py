"""One ballot a member and poll, of the poll's options, by those it asks, while it is open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.polls.domain import closing, making, refusals, voting
from feedback.polls.models import Choice, Poll, PollBallot
from tests.community.builds.making import State, make_build
from tests.community.members.making import make_member
from tests.feedback.polls.making import HOUR, ids, make_poll, vote

pytestmark = pytest.mark.django_db


def chosen(poll: Poll) -> list[str]:
    rows = Choice.objects.filter(ballot__poll=poll).order_by("ballot", "rank")
    return list(rows.values_list("option__text", flat=True))


def test_the_last_vote_counts_and_every_change_is_counted() -> None:
    poll = make_poll()
    member = vote(poll, "M")
    for letters in ("N", "N"):
        vote(poll, letters, member)
    assert chosen(poll) == ["Nashville"]
    voting.take_back(poll_id=poll.pk, member=member)
    assert (chosen(poll), PollBallot.objects.get().revision) == ([], 3)


def test_a_ranking_is_kept_in_order_and_several_choices_as_the_poll_lists_them() -> None:
    ranked = make_poll(kind="ranked", method="schulze")
    vote(ranked, "KM")
    several = make_poll(kind="several", most=3)
    vote(several, "KM")
    assert chosen(ranked) == ["Knoxville", "Memphis"]
    assert chosen(several) == ["Memphis", "Knoxville"]


@pytest.mark.parametrize(
    ("letters", "refusal"),
    [("M", refusals.TooFew), ("MNCK", refusals.TooMany), ("MM", refusals.Twice)],
)
def test_a_malformed_vote_changes_nothing(letters: str, refusal: type[Exception]) -> None:
    poll = make_poll(kind="several", fewest=2, most=3)
    with pytest.raises(refusal):
        vote(poll, letters)
    assert not PollBallot.objects.exists()


def test_an_option_of_another_poll_is_refused_by_the_domain_and_by_the_database() -> None:
    poll, other = make_poll(), make_poll()
    member = vote(poll, "M")
    with pytest.raises(refusals.OfAnotherPoll):
        voting.vote(poll_id=poll.pk, member=member, options=ids(other, "M"))
    wrong = Choice(ballot=PollBallot.objects.get(), option_id=ids(other, "M")[0], rank=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_a_poll_takes_votes_between_its_edges_only() -> None:
    later = make_poll(opens_at=timezone.now() + HOUR)
    over = make_poll(ago=2 * HOUR, closes_at=timezone.now() - HOUR)
    with pytest.raises(refusals.NotOpen):
        vote(later, "M")
    with pytest.raises(refusals.Closed):
        vote(over, "M")


def test_a_poll_asks_those_it_says() -> None:
    build, group = make_build(State.PUBLISHED), Group.objects.create(name="Testers")
    member = make_member()
    for asked in (
        {"eligibility": "level", "level": 2},
        {"eligibility": "voted", "build": build},
        {"eligibility": "group", "group": group},
    ):
        with pytest.raises(refusals.NotEligible):
            vote(make_poll(**asked), "M", member)
    member.groups.add(group)
    member.level = 2
    vote(make_poll(eligibility="group", group=group), "M", member)
    vote(make_poll(eligibility="level", level=2), "M", member)


def test_who_has_not_shown_an_address_does_not_vote() -> None:
    with pytest.raises(refusals.NotEligible):
        vote(make_poll(), "M", make_member(is_verified=False))


def test_options_come_later_and_votes_stay() -> None:
    poll = make_poll(takes_additions=True)
    vote(poll, "M")
    making.add_option(poll=poll, text="Franklin", by=poll.made_by, at=timezone.now())
    vote(poll, "F")
    assert chosen(poll) == ["Memphis", "Franklin"]
    with pytest.raises(refusals.OptionThere):
        making.add_option(poll=poll, text="Memphis", by=poll.made_by, at=timezone.now())
    with pytest.raises(refusals.NoAdditions):
        making.add_option(poll=make_poll(), text="Franklin", by=poll.made_by, at=timezone.now())


def test_a_poll_is_withdrawn_while_nobody_has_voted() -> None:
    poll = make_poll()
    member = vote(poll, "M")
    with pytest.raises(refusals.HasVotes):
        making.withdraw(poll=poll, by=poll.made_by, at=timezone.now())
    voting.take_back(poll_id=poll.pk, member=member)
    making.withdraw(poll=poll, by=poll.made_by, at=timezone.now())
    assert not Poll.objects.exists()


def test_a_topic_holds_five_polls() -> None:
    first = make_poll()
    for _ in range(4):
        make_poll(first.topic, by=first.made_by)
    with pytest.raises(refusals.TooManyPolls):
        make_poll(first.topic, by=first.made_by)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"options": ["one"]}, "options"),
        ({"options": ["one", "one"]}, "options"),
        ({"most": 2}, "most"),
        ({"kind": "several", "fewest": 3, "most": 2}, "most"),
        ({"kind": "several", "fewest": 5, "most": 9}, "fewest"),
        ({"kind": "ranked"}, "method"),
        ({"method": "schulze"}, "method"),
        ({"closes_at": timezone.now() - 2 * HOUR}, "closes_at"),
        ({"eligibility": "level"}, "level"),
        ({"level": 2}, "level"),
    ],
)
def test_a_question_goes_together(fields: dict[str, object], field: str) -> None:
    with pytest.raises(refusals.BadQuestion) as bad:
        make_poll(**fields)
    assert bad.value.field == field


def test_a_closed_poll_keeps_its_count_and_tells_its_voters_once() -> None:
    from community.notices.models import Notice
    from feedback.polls.tasks import close_all_due

    now = timezone.now()
    poll = make_poll(kind="ranked", method="runoff")
    members = [vote(poll, letters) for letters in ("MN", "NM", "NK")]
    Poll.objects.filter(pk=poll.pk).update(closes_at=now - timedelta(seconds=1))
    assert [close_all_due(now), close_all_due(now)] == [[poll.pk], []]
    poll.refresh_from_db()
    assert poll.outcome["winners"] == ids(poll, "N")
    assert set(Notice.objects.values_list("member", "kind", "count")) == {
        (member.pk, closing.CLOSED, 1) for member in members
    }


def test_a_poll_ends_early_and_stays_as_it_was_counted() -> None:
    poll = make_poll()
    vote(poll, "M")
    closing.end(poll_id=poll.pk)
    before = Poll.objects.values("closed_at", "outcome").get()
    closing.end(poll_id=poll.pk)
    assert Poll.objects.values("closed_at", "outcome").get() == before
    with pytest.raises(refusals.Closed):
        vote(poll, "N")
