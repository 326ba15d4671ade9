"""Reading the forum by the API: what the pages show, and no more."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.domain.bookmarks import keep
from community.forum.domain.drafts import save_draft
from community.forum.domain.editing import edit_post
from community.forum.domain.joining import react
from community.forum.domain.moderation import hide_post
from community.forum.domain.reading import mark_read
from community.forum.models import Board, Topic
from community.forum.queries import boards, ranges
from tests.community.forum.api.making import Caller, a_reply, a_topic
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db


def titles(caller: Caller, address: str) -> list[str]:
    return [topic["title"] for topic in caller.get(address)["results"]]


def test_boards_say_who_may_do_what_there() -> None:
    topic = a_topic(board="help", title="怎么办")
    listed = {board["slug"]: board["last_topic"] for board in Caller().get("boards/")}
    assert listed["help"]["id"] == topic.pk
    shown = Caller(make_member()).get("boards/releases/")
    assert (shown["may_open_topic"], shown["is_moderated_by_me"]) == (False, False)


def test_a_board_is_narrowed_and_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "TOPICS_A_PAGE", 1)
    first = a_topic(title="第一个主题", tags=["相機"])
    a_topic(title="第二个主题")
    a_reply(first)
    visitor = Caller()
    assert titles(visitor, "boards/chat/topics/?tag=相机") == ["第一个主题"]
    assert titles(visitor, "boards/chat/topics/?kind=bug") == []
    assert titles(visitor, "boards/chat/topics/?sort=opening") == ["第二个主题"]
    page = visitor.get("boards/chat/topics/")
    assert [topic["post_count"] for topic in page["results"]] == [2]
    assert titles(visitor, page["next"]) == ["第二个主题"]
    assert visitor("GET", "boards/chat/topics/?sort=size")[0] == 400


def test_lists_are_of_whoever_asks() -> None:
    mei, topic = make_member(), a_topic(title="有新帖")
    mark_read(member_id=mei.pk, topic_id=topic.pk, last_read=1, place=1, at=timezone.now())
    a_reply(topic)
    a_topic(mei, title="我的主题")
    caller = Caller(mei)
    assert titles(caller, "topics/?list=unread") == ["有新帖"]
    assert titles(caller, "topics/?list=mine") == ["我的主题"]
    assert titles(caller, "topics/?list=new") == ["我的主题"]
    assert caller.get(f"topics/{topic.pk}/")["last_read"] == 1
    assert Caller()("GET", "topics/?list=mine")[0] == 401


def test_posts_are_read_forwards_and_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "POSTS_A_PAGE", 2)
    topic, visitor = a_topic(), Caller()
    for _number in range(4):
        a_reply(topic)
    hide_post(post=topic.posts.get(number=4), at=timezone.now())

    def numbers(page: dict[str, list[dict[str, int]]]) -> list[int]:
        return [post["number"] for post in page["results"]]

    page = visitor.get(f"topics/{topic.pk}/posts/?from=2")
    assert numbers(page) == [2, 3]
    assert numbers(visitor.get(page["next"])) == [5]
    assert numbers(visitor.get(page["previous"])) == [1]
    assert visitor.get(f"topics/{topic.pk}/posts/?from=5")["next"] is None
    end = visitor.get(f"topics/{topic.pk}/posts/?before=99")
    assert numbers(visitor.get(end["previous"])) == [2, 3]


def test_what_is_hidden_is_not_there() -> None:
    topic, moderator = a_topic(), make_member()
    topic.board.moderators.add(moderator)
    post = a_reply(topic)
    hide_post(post=post, at=timezone.now())
    for caller, status, count in ((Caller(), 404, 1), (Caller(moderator), 200, 2)):
        assert caller("GET", f"posts/{post.pk}/")[0] == status
        assert len(caller.get(f"topics/{topic.pk}/posts/")["results"]) == count
    Board.objects.filter(pk=topic.board_id).update(readers=Board.Readers.STAFF)
    addresses = ("boards/chat/", "boards/chat/topics/", f"topics/{topic.pk}/")
    addresses += (f"topics/{topic.pk}/posts/", f"posts/{topic.posts.get(number=1).pk}/versions/")
    assert {Caller(make_member())("GET", address)[0] for address in addresses} == {404}
    assert titles(Caller(), "topics/") == []


def test_a_merged_topic_leads_on() -> None:
    there, here = a_topic(), a_topic()
    Topic.objects.filter(pk=here.pk).update(merged_into=there)
    answer = Client().get(f"/api/v1/topics/{here.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/topics/{there.pk}/")


def test_lists_cost_the_same_however_long() -> None:
    reader = make_member()
    client, topic = signed_in(reader), a_topic(tags=["一"])
    first = topic.posts.get()
    lists = ["new", "unread", "mine", "unanswered", "latest"]
    addresses = [f"topics/?list={name}" for name in lists]
    addresses += ["boards/", "boards/chat/topics/", "boards/chat/topics/?sort=opening", "tags/"]
    addresses += [f"topics/{topic.pk}/posts/", f"topics/{topic.pk}/posts/?is_waiting=true"]
    addresses += [f"posts/{first.pk}/{name}/" for name in ("versions", "reactions")]
    addresses += ["bookmarks/", "drafts/"]
    addresses = [f"/api/v1/{address}" for address in addresses]
    addresses += [reverse(f"forum:{name}", args=[first.pk]) for name in ("versions", "reactions")]

    def add(number: int) -> None:
        for slug in ("chat", "help"):
            question = a_topic(board=slug, kind=Board.objects.get(slug=slug).kinds[0], tags=["一"])
            mark_read(
                member_id=reader.pk,
                topic_id=question.pk,
                last_read=1,
                place=1,
                at=question.created_at,
            )
            a_reply(question, at=question.created_at)
        edit_post(post=first, body=f"第 {number} 次", at=timezone.now())
        react(post=a_reply(topic), member=reader, kind="love", at=timezone.now())
        keep(
            member=reader,
            post=question.posts.get(number=1),
            note="",
            remind_at=None,
            at=timezone.now(),
        )
        react(post=first, member=make_member(), kind="love", at=timezone.now())
        place = f"reply:{question.pk}"
        save_draft(member=reader, place=place, seen=0, body="x", at=timezone.now())

    def costs() -> dict[str, int]:
        return {address: queries_for(client, address) for address in addresses}

    add(1)
    with_one = costs()
    add(2)
    add(3)
    assert costs() == with_one
