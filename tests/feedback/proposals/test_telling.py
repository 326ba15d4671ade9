"""Whoever wrote a wish, voted for it or follows it is told each answer: once, as it stands."""

from collections import Counter

import pytest
from django.db.models import F
from django.utils import translation

from community.forum.domain.watching import watch
from community.forum.models import Watch
from community.members.models import Member
from community.notices.models import Heard, Notice
from community.notices.queries import as_of_now, notices_of
from feedback.proposals.domain import answer_proposal, merge, telling, unmerge
from feedback.proposals.models import AnswerNews, Proposal, StatusChange
from tests.community.builds.making import DAY
from tests.community.members.making import make_member
from tests.feedback.proposals.making import CLOSED, IN_FIRST, Rounds, make_rounds, put

pytestmark = pytest.mark.django_db
Status = Proposal.Status


@pytest.fixture
def manager(db: None) -> Member:
    return make_member(is_staff=True)


@pytest.fixture
def week(manager: Member) -> Rounds:
    return make_rounds(manager)


def answers_to(member: Member) -> list[str]:
    found = notices_of(member, kind=telling.ANSWERED).select_related("member").order_by("pk")
    return [f"{notice} · {notice.excerpt}" for notice in as_of_now(list(found))]


def answer(wish: Proposal, status: str, by: Member, **said: object) -> None:
    answer_proposal(proposal=wish, status=status, by=by, at=CLOSED, **said)


def test_writer_voters_and_followers_hear_of_it_once(week: Rounds, manager: Member) -> None:
    author, voter, follower, stranger = (make_member(f"one-{name}") for name in "abcd")
    wish = week.wish(author=author)
    put(voter, wish, week.first, 1)
    put(stranger, week.wish("别的"), week.first, 1)
    for member in (follower, manager):
        watch(member=member, what=wish.topic, level=Watch.Level.WATCHING, at=IN_FIRST)
    answer(wish, Status.DECLINED, manager, reason="太费电")
    for _again in range(2):
        telling.tell_answers(at=CLOSED, most=2)
    told = Notice.objects.filter(kind=telling.ANSWERED)
    # Each once; not the manager, who said it.
    assert Counter(told.values_list("member", "count")) == Counter(
        (member.pk, 1) for member in (author, voter, follower)
    )
    assert answers_to(voter) == [f"“{wish}” was declined · 太费电"]


def test_control_without_memory_they_would_hear_of_it_twice(week: Rounds, manager: Member) -> None:
    wish = week.wish(author=make_member())
    answer(wish, Status.UNDER_REVIEW, manager)
    for _again in range(2):
        telling.tell_answers(at=CLOSED)
        AnswerNews.objects.update(told_at=None, told_up_to=0)
        Heard.objects.all().delete()
    assert Notice.objects.get(kind=telling.ANSWERED).count == 2


def test_an_answer_takes_the_place_of_what_was_not_told_yet(week: Rounds, manager: Member) -> None:
    author = make_member()
    wish = week.wish(author=author)
    answer(wish, Status.DECLINED, manager, reason="oops")
    answer(wish, Status.OPEN, manager)
    answer(wish, Status.ACCEPTED, manager, accepted_for=week.first)
    telling.tell_answers(at=CLOSED)
    build = f"{week.product.name} {week.first.version}"
    assert answers_to(author) == [f"“{wish}” was accepted for {build} · "]


def test_which_change_will_be_it_is_no_news(week: Rounds, manager: Member) -> None:
    wish = week.wish(author=make_member())
    answer(wish, Status.ACCEPTED, manager, accepted_for=week.first)
    built_as = week.first.features.order_by("pk")[0]
    answer(wish, Status.ACCEPTED, manager, accepted_for=week.first, built_as=built_as)
    assert (StatusChange.objects.count(), AnswerNews.objects.count()) == (3, 1)


def test_merging_and_its_reversal_are_told_to_those_it_moved(week: Rounds, manager: Member) -> None:
    author, other = make_member(), make_member()
    wish, into = week.wish("录音", author=author), week.wish(author=other)
    merge(proposal=wish, into=into, by=manager, at=CLOSED)
    telling.tell_answers(at=CLOSED)
    with translation.override("zh-hans"):
        assert answers_to(author) == [f"“录音”已并入“{into}” · "]
    Notice.objects.update(read_at=F("told_at"))
    unmerge(proposal=wish, by=manager, at=CLOSED + DAY)
    telling.tell_answers(at=CLOSED + DAY)
    assert answers_to(author)[1:] == ["“录音” is open again · "]
    assert answers_to(other) == []


def test_a_wish_out_of_sight_is_not_told_and_what_was_told_falls_silent(
    week: Rounds, manager: Member
) -> None:
    author = make_member()
    seen, unseen = week.wish("看得见", author=author), week.wish("看不见", author=author)
    answer(seen, Status.DECLINED, manager, reason="不行")
    telling.tell_answers(at=CLOSED)
    answer(unseen, Status.UNDER_REVIEW, manager)
    for wish in (seen, unseen):
        assert wish.topic
        wish.topic.hidden_at = CLOSED
        wish.topic.save(update_fields=["hidden_at"])
    telling.tell_answers(at=CLOSED)
    assert answers_to(author) == ["“…” was declined · "]
