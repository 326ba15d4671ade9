"""Approval: what waits is nobody's to see but its author's, and published it is in its place."""

import pytest
from django.urls import reverse

from community.forum.domain import posting
from community.forum.domain.editing import edit_post
from community.forum.domain.posting import TextRefused
from community.forum.models import FIRST_WAITING, Board, Post, Topic
from community.members.models import Member
from community.moderation.domain import settling
from community.moderation.models import ApprovalRule, Case, WatchedWord
from tests.community.members.making import AT, make_member, signed_in
from tests.community.moderation.making import (
    HOUR,
    make_moderator,
    make_post_of,
    make_reply,
    make_topic,
)

pytestmark = pytest.mark.django_db
LINK = "see https://shop.example/"


def watch(pattern: str, action: str, **fields: str) -> WatchedWord:
    return WatchedWord.objects.create(
        pattern=pattern, action=action, rule="No advertising", added_at=AT, **fields
    )


def decide(outcome: str) -> Case:
    case = Case.objects.unsettled().get(cause="held")
    by = make_moderator(case.board)
    return settling.settle(case=case, outcome=outcome, by=by, answer="No ads.", at=AT + HOUR)


def test_a_first_link_waits_and_the_next_one_once_it_is_approved_does_not() -> None:
    topic, author = make_topic(), make_member()
    held = make_reply(topic, LINK, author=author)
    topic.refresh_from_db()
    assert (held.number, held.held_at, topic.post_count) == (FIRST_WAITING, AT, 1)
    later = make_reply(topic, "hi")
    decide("approved")
    held.refresh_from_db()
    topic.refresh_from_db()
    assert (later.number, held.number, held.created_at) == (2, 3, AT + HOUR)
    assert (topic.post_count, topic.last_post_at, held.is_told) == (3, AT + HOUR, False)
    assert make_reply(topic, LINK, author=author).held_at is None


def test_nobody_else_sees_what_waits_and_its_author_is_told_so() -> None:
    author = make_member()
    topic = make_topic(body=LINK, author=author)
    reply_to = make_topic()
    waiting = make_reply(reply_to, f"{LINK}secret", author=author)
    for reader, status in ((make_member(), 404), (author, 200), (make_moderator(), 200)):
        client = signed_in(reader)
        assert client.get(topic.get_absolute_url()).status_code == status
        assert client.get(reverse("forum:post", args=[waiting.pk])).status_code == (
            404 if status == 404 else 302
        )
        page = client.get(reply_to.get_absolute_url()).content.decode()
        assert ("secret" in page) == (reader == author)
    assert not Topic.objects.visible().filter(pk=topic.pk).exists()


def test_a_refused_post_is_hidden_and_counted_nowhere() -> None:
    topic = make_topic()
    make_reply(topic, LINK)
    case = decide("refused")
    topic.refresh_from_db()
    assert make_post_of(case).hidden_at
    assert (topic.post_count, Post.objects.visible().count()) == (1, 1)


def test_a_held_topic_is_published_as_if_opened_now() -> None:
    topic = make_topic(body=LINK)
    decide("approved")
    topic.refresh_from_db()
    assert (topic.held_at, topic.created_at, topic.post_count) == (None, AT + HOUR, 1)


def test_an_edit_that_brings_a_link_waits_in_its_place() -> None:
    post = make_topic().posts.get()
    edit_post(post=post, body=LINK, at=AT)
    assert Post.objects.get(pk=post.pk).held_at
    decide("approved")
    assert (make_post_of(Case.objects.get()).number, post.created_at) == (1, AT)


def test_a_boards_own_rule_stands_in_for_the_general_one() -> None:
    ApprovalRule.objects.create(rule="first_posts", board="help", count=1)
    assert make_reply(make_topic(slug="help", author=trusted())).held_at
    assert make_reply(make_topic()).held_at is None


def trusted() -> Member:
    member = make_member()
    Member.objects.filter(pk=member.pk).update(level=1)
    member.refresh_from_db()
    return member


def test_watched_words_refuse_hold_replace_and_answer() -> None:
    watch("加微信", "block")
    watch("代购", "review")
    watch("垃圾", "replace", text="糟糕")
    watch("刷机", "answer", text="Read [this](/help/) first.")
    topic = make_topic()
    with pytest.raises(TextRefused) as refused:
        make_reply(topic, "jia微 信")
    assert refused.value.rules == ("No advertising",)
    assert make_reply(topic, "代-购").held_at
    assert make_reply(topic, "真垃圾！").body == "真糟糕！"
    make_reply(topic, "怎么刷机")
    answer = topic.posts.visible().order_by("-number")[0]
    assert (answer.is_by_site, answer.body) == (True, "Read [this](/help/) first.")


@pytest.mark.parametrize("dressed", ["加&#24494;信", "加[微](/x)信", r"加\微信", "加**微**信"])
def test_words_are_judged_as_they_will_be_read(dressed: str) -> None:
    watch("加微信", "block")
    with pytest.raises(TextRefused):
        make_topic(body=dressed)


def test_a_word_counts_on_its_board_alone_and_the_page_says_which_rule() -> None:
    watch("加微信", "block", board="help")
    make_topic(body="加微信")
    author = make_member()
    page = signed_in(author).post(
        reverse("forum:new_topic", args=["help"]),
        {"title": "求助一下", "body": "加 微 信", "kind": "talk"},
    )
    assert page.status_code in {200, 422}
    assert "No advertising" in page.content.decode()
    assert not Topic.objects.filter(board=Board.objects.get(slug="help")).exists()


def test_slow_mode_says_when_and_moderators_are_not_slowed() -> None:
    topic, author = make_topic(), make_member()
    Topic.objects.filter(pk=topic.pk).update(slow_mode_s=600)
    make_reply(topic, author=author)
    with pytest.raises(posting.TooSoon) as told:
        make_reply(topic, author=author, at=AT + HOUR / 60)
    assert told.value.until == AT + HOUR / 6
    make_reply(topic, author=author, at=told.value.until)
    moderator = make_moderator()
    make_reply(topic, author=moderator)
    make_reply(topic, author=moderator)


def test_a_timer_locks_when_it_is_read() -> None:
    topic = make_topic()
    Topic.objects.filter(pk=topic.pk).update(locks_at=AT + HOUR)
    make_reply(topic)
    with pytest.raises(posting.TopicLocked):
        make_reply(topic, at=AT + HOUR)


def test_the_desk_names_rules_and_boards_in_the_readers_words() -> None:
    topic = make_topic()
    make_reply(topic, LINK, author=make_member())
    case, moderator = Case.objects.get(), signed_in(make_moderator(topic.board.slug))
    for page in ("/moderation/", case.get_absolute_url()):
        said = moderator.get(page, headers={"Accept-Language": "zh-hans"}).text
        assert "最初带链接的帖子" in said
        assert f"<span>{topic.board.name_zh}</span>" in said
