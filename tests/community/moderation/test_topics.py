"""Acts on topics: numbers by time, old addresses that lead right, and each act taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from community.forum.domain.moderation import CannotMerge, CannotSplit, bulk, merge, split, timers
from community.forum.domain.moderation.bulk import Order
from community.forum.models import Board, Topic
from community.forum.queries.boards import topics_of_board
from community.moderation.domain import undoing
from community.moderation.models import LogEntry
from tests.community.members.making import AT, make_member, signed_in
from tests.community.moderation.making import HOUR, make_moderator, make_reply, make_topic

pytestmark = pytest.mark.django_db


def told(topic: Topic) -> list[str]:
    return list(topic.posts.order_by("number").values_list("body", flat=True))


def numbers(topic: Topic) -> list[int]:
    return list(topic.posts.order_by("number").values_list("number", flat=True))


def undo_last(act: str) -> None:
    entry = LogEntry.objects.filter(act=act).latest("pk")
    undoing.undo(entry=entry, by=make_moderator(), at=AT + 9 * HOUR)


def make_two() -> tuple[Topic, Topic]:
    """The target opens first; the source's posts were written in between."""
    target, source = make_topic(body="t1"), make_topic(body="s1", at=AT + HOUR)
    make_reply(target, "t2", at=AT + 3 * HOUR)
    make_reply(source, "s2", at=AT + 2 * HOUR)
    return target, source


def test_merged_posts_stand_by_time_and_old_addresses_lead_there() -> None:
    target, source = make_two()
    moved = source.posts.get(number=2)
    merge(source=source, target=target, by=make_moderator(), at=AT)
    target.refresh_from_db()
    assert (told(target), target.post_count) == (["t1", "s1", "s2", "t2"], 4)
    client = signed_in(make_member())
    assert client.get(source.get_absolute_url()).headers["Location"] == target.get_absolute_url()
    lasting = client.get(reverse("forum:post", args=[moved.pk])).headers["Location"]
    assert lasting == f"{target.get_absolute_url()}#post-3"
    assert not Topic.objects.visible().filter(pk=source.pk).exists()


def test_a_merge_is_taken_back_and_what_was_said_since_stays() -> None:
    target, source = make_two()
    merge(source=source, target=target, by=make_moderator(), at=AT)
    make_reply(target, "later", at=AT + 5 * HOUR)
    undo_last("merge_topics")
    assert (told(target), told(source)) == (["t1", "t2", "later"], ["s1", "s2"])
    assert (numbers(target), numbers(source)) == ([1, 2, 3], [1, 2])
    assert set(Topic.objects.visible()) == {target, source}


def test_what_was_merged_before_is_not_merged_again() -> None:
    target, source = make_two()
    merge(source=source, target=target, by=make_moderator(), at=AT)
    for wrong in ((target, source), (source, target), (target, target)):
        with pytest.raises(CannotMerge):
            merge(source=wrong[0], target=wrong[1], by=make_moderator(), at=AT)


def test_a_split_leaves_the_numbers_of_those_that_stay_and_is_taken_back() -> None:
    topic, board = make_topic(body="1"), Board.objects.get(slug="help")
    for body in "234":
        make_reply(topic, body)
    made = split(topic=topic, numbers=[2, 3], title="其他", board=board, by=make_moderator(), at=AT)
    assert (told(made), numbers(made), numbers(topic)) == (["2", "3"], [1, 2], [1, 4])
    undo_last("split_topic")
    assert (told(topic), numbers(topic)) == (list("1234"), [1, 2, 3, 4])
    assert signed_in(make_member()).get(made.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("chosen", [[], [1], [1, 2], [2, 9]])
def test_a_split_takes_neither_the_first_post_nor_one_that_is_not_there(chosen: list[int]) -> None:
    topic = make_topic()
    make_reply(topic)
    with pytest.raises(CannotSplit):
        split(topic=topic, numbers=chosen, title="其他", board=topic.board, by=make_member(), at=AT)


@pytest.mark.parametrize(
    ("order", "field", "value", "act"),
    [
        (Order(act="lock"), "is_locked", True, "lock_topic"),
        (Order(act="pin", until=AT + HOUR), "pinned_until", AT + HOUR, "pin_topic"),
        (Order(act="lock_later", until=AT + HOUR), "locks_at", AT + HOUR, "time_lock"),
        (Order(act="slow", minutes=5), "slow_mode_s", 300, "slow_topic"),
    ],
)
def test_an_act_on_many_is_done_to_all_and_taken_back(
    order: Order, field: str, value: object, act: str
) -> None:
    topics, by = [make_topic(), make_topic()], make_moderator()
    before = getattr(topics[0], field)
    bulk.carry_out(order=order, topics=topics, by=by, at=AT)
    assert set(Topic.objects.values_list(field, flat=True)) == {value}
    undo_last(act)
    assert sorted(map(str, Topic.objects.values_list(field, flat=True))) == sorted(
        map(str, [before, value])
    )


def test_a_topic_of_others_among_them_and_nothing_is_done() -> None:
    own, others = make_topic(), make_topic(slug="help")
    client = signed_in(make_moderator())
    url = reverse("forum:moderate_many")
    answer = client.post(url, {"topic": [own.pk, others.pk], "act": "lock"})
    assert answer.status_code == 422
    assert not Topic.objects.filter(is_locked=True).exists()
    assert signed_in(make_member()).post(url, {"topic": own.pk, "act": "lock"}).status_code == 404
    client.post(url, {"topic": own.pk, "act": "lock"})
    assert list(Topic.objects.filter(is_locked=True)) == [own]


def test_timers_run_once_their_time_has_come() -> None:
    topic = make_topic()
    Topic.objects.update(is_pinned=True, pinned_until=AT + HOUR, locks_at=AT + 2 * HOUR)
    assert [timers.run_timers(at=AT + n * HOUR) for n in range(4)] == [0, 1, 1, 0]
    topic.refresh_from_db()
    assert (topic.is_pinned, topic.is_locked) == (False, True)
    assert LogEntry.objects.filter(by=None).count() == 2


def test_a_pin_whose_time_is_over_is_not_shown_on_top() -> None:
    topic = make_topic(title="老置顶帖")
    past = AT - timedelta(days=900)
    Topic.objects.update(is_pinned=True, pinned_until=past)
    shown = topics_of_board(topic.board)
    assert (shown.pinned, shown.topics) == ([], [topic])
