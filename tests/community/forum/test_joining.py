"""Joining in: a reaction of a kind once, "me too" once, tags at most five, all counted."""

import pytest

from community.forum import known
from community.forum.domain.joining import (
    react,
    say_me_too,
    take_me_too_back,
    take_reaction_back,
)
from community.forum.domain.posting import open_topic, reply
from community.forum.domain.solving import NotABug, NotAnAnswer, choose_answer, say_fixed
from community.forum.domain.tagging import BadTag, clean_tags, tag_topic
from community.forum.models import Board, Kind, Post, Reference, Tag, Topic
from community.notices.models import Notice
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db


def topic(kind: str = Kind.TALK, **fields: object) -> Topic:
    given = {"title": "标题", "body": "x", "author": make_member(), "at": AT}
    board = Board.objects.get(slug="help")
    return open_topic(board=board, kind=kind, **(given | fields))


def test_reactions_are_counted_once_each_however_often() -> None:
    post, one, two = topic().posts.get(), make_member(), make_member()
    for member, kind in ((one, "thanks"), (one, "thanks"), (two, "thanks"), (one, "sad")):
        react(post=post, member=member, kind=kind, at=AT)
    post.refresh_from_db()
    assert post.reaction_counts == {"thanks": 2, "sad": 1}
    for _ in range(2):
        take_reaction_back(post=post, member=one, kind="thanks")
    post.refresh_from_db()
    assert post.reaction_counts == {"thanks": 1, "sad": 1}


def test_me_too_is_said_once_and_holds_what_was_said_last() -> None:
    bug, member = topic(Kind.BUG), make_member()
    for build in ("6", "7"):
        say_me_too(topic=bug, member=member, build=build, at=AT)
    bug.refresh_from_db()
    assert (bug.me_too_count, bug.me_toos.get().build) == (1, "7")
    take_me_too_back(topic=bug, member=member)
    bug.refresh_from_db()
    assert bug.me_too_count == 0


def test_the_best_answer_is_a_reply_to_a_question() -> None:
    question = topic(Kind.QUESTION)
    answer = reply(topic=question, author=None, body="x", submission_key=None, at=AT)
    choose_answer(topic=question, post=answer)
    assert Topic.objects.get().best_answer == answer
    elsewhere = topic().posts.get()
    for wrong in (elsewhere, question.posts.get(number=1)):
        with pytest.raises(NotAnAnswer):
            choose_answer(topic=question, post=wrong)
    choose_answer(topic=question, post=None)
    assert not Topic.objects.exclude(best_answer=None).exists()


def test_a_fixed_bug_names_its_build_and_can_be_opened_again() -> None:
    bug = topic(Kind.BUG, build="6")
    say_fixed(topic=bug, build="7", at=AT)
    bug.refresh_from_db()
    assert (bug.fixed_in, bug.fixed_at) == ("7", AT)
    assert set(Reference.objects.values_list("key", flat=True)) == {"6", "7"}
    say_fixed(topic=bug, build="", at=AT)
    with pytest.raises(NotABug):
        say_fixed(topic=topic(), build="7", at=AT)


def test_who_reported_and_who_met_a_bug_is_told_once_what_mends_it() -> None:
    bug, fan, engineer = topic(Kind.BUG), make_member(), make_member()
    for member in (fan, engineer):
        say_me_too(topic=bug, member=member, at=AT)
    for _ in range(2):
        say_fixed(topic=bug, build="7", at=AT, by=engineer)
    told = Notice.objects.filter(kind="forum.fixed").values_list("member", "words__build")
    assert set(told) == {(bug.author_id, "7"), (fan.pk, "7")}
    assert len(told) == 2


def test_the_first_reply_of_another_and_the_first_official_one_are_noted() -> None:
    asked = topic()
    for author, is_official in ((asked.author, False), (make_member(), True)):
        reply(
            topic=asked,
            author=author,
            body="x",
            submission_key=None,
            at=AT,
            is_official=is_official,
        )
    asked.refresh_from_db()
    assert (asked.replied_at, asked.official_at) == (AT, AT)
    assert Post.objects.get(number=3).is_official


def test_a_tag_is_one_however_it_is_spelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_words", [(Tag.Sort.AREA, lambda: ["相机"])])
    first = topic(tags=["ＭＩＵＩ", "miui", "相機", "a"])
    topic(tags=["MIUI", "相机"])
    counts = dict(Tag.objects.values_list("folded", "topic_count"))
    assert counts == {"miui": 2, "相机": 2, "a": 1}
    assert Tag.objects.get(folded="相机").sort == Tag.Sort.AREA
    tag_topic(topic=first, names=["b"])
    assert Tag.objects.get(folded="miui").topic_count == 1


@pytest.mark.parametrize("name", ["", "!", "a/b", "..", "一二三四五六七八九十一", "a\u202eb"])
def test_what_is_no_tag(name: str) -> None:
    with pytest.raises(BadTag):
        clean_tags([name])
