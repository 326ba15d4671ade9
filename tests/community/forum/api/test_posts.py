"""Writing in the forum by the API."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from community.forum import known
from community.forum.known import KnownBuild
from community.forum.models import Board, Post, Topic
from community.members.domain.tokens import create_token
from tests.community.forum.api.making import Caller, a_reply, a_topic
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_builds", [lambda: [KnownBuild(key="7.1", title="Phone 7.1")]])


def test_a_bug_is_opened_once_however_often_it_is_sent() -> None:
    mei, key = Caller(make_member("mei")), str(uuid4())
    bug = {"title": "相机闪退", "body": "http://testserver/builds/7.1/", "kind": "bug"}
    bug |= {"device": "Mi 9", "build": "7.1", "tags": ["相机"]}
    for _time in range(2):
        status, opened = mei("POST", "boards/bugs/topics/", bug, **{"Idempotency-Key": key})
        assert (status, opened["author"], opened["tags"]) == (201, "mei", ["相机"])
    assert Topic.objects.get().posts.get().body == "/builds/7.1/"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "instalment"}, "kind"),
        ({"kind": "talk", "device": "Mi 9"}, "kind"),
        ({"build": "nothing"}, "build"),
        ({"title": "啊"}, "title"),
        ({"tags": ["a\tb\u200bc"]}, "tags"),
        ({"body": "字" * 10_001}, "body"),
        ({"body": 5}, "body"),
        ({"tags": [5]}, "tags"),
        ({"kind": True}, "kind"),
    ],
)
def test_a_topic_follows_the_rules_of_the_form(changed: dict[str, object], field: str) -> None:
    Board.objects.filter(slug="bugs").update(kinds=["bug", "talk"])
    bug = {"title": "相机闪退", "body": "x"} | changed
    status, problem = Caller(make_member())("POST", "boards/bugs/topics/", bug)
    assert (status, list(problem["errors"])) == (400, [field])


def test_a_reply_is_sent_once_and_says_what_it_answers() -> None:
    topic, mei, key = a_topic(), Caller(make_member()), str(uuid4())
    first = topic.posts.get()
    sent = {"body": "我也是", "answers": first.pk}
    for _time in range(2):
        status, post = mei("POST", f"topics/{topic.pk}/posts/", sent, **{"Idempotency-Key": key})
        assert (status, post["number"], post["answers"]) == (201, 2, first.pk)
    assert mei("POST", f"topics/{topic.pk}/posts/", sent | {"is_official": True})[0] == 403
    elsewhere = sent | {"answers": a_topic().posts.get().pk}
    assert mei("POST", f"topics/{topic.pk}/posts/", elsewhere)[0] == 400
    assert mei("POST", f"topics/{topic.pk}/posts/", sent, **{"Idempotency-Key": "1"})[0] == 400
    Topic.objects.update(is_locked=True)
    assert mei("POST", f"topics/{topic.pk}/posts/", sent)[0] == 403
    assert Post.objects.filter(topic=topic).count() == 2


def test_who_writes_too_fast_is_told_how_long_to_wait() -> None:
    topic, member = a_topic(), make_member()
    a_reply(topic, member)
    Topic.objects.update(slow_mode_s=3600)
    status, problem = Caller(member)("POST", f"topics/{topic.pk}/posts/", {"body": "又来了"})
    assert (status, problem["code"]) == (429, "slow_mode")


def test_an_edit_upon_older_words_is_refused_and_shows_the_newer() -> None:
    author = make_member()
    post = a_topic(author).posts.get()
    caller, address = Caller(author), f"posts/{post.pk}/"
    assert caller("PATCH", address, {"body": "二"}, **{"If-Match": '"1"'})[1]["version"] == 2
    status, problem = caller("PATCH", address, {"body": "三"}, **{"If-Match": '"1"'})
    assert (status, problem["code"]) == (412, "changed_elsewhere")
    assert (problem["post"]["body"], problem["post"]["version"]) == ("二", 2)
    # Sent again, its answer was lost.
    assert caller("PATCH", address, {"body": "二"}, **{"If-Match": '"1"'})[0] == 200
    assert caller.client.get(f"/api/v1/{address}").headers["ETag"] == '"2"'
    said = [version["body"] for version in caller.get(f"posts/{post.pk}/versions/")]
    assert said == ["二", "一"]
    assert Caller(make_member())("PATCH", address, {"body": "四"})[0] == 403


def test_versions_are_hidden_by_moderators_and_restored_by_the_author() -> None:
    author, moderator = make_member(), make_member()
    topic = a_topic(author)
    topic.board.moderators.add(moderator)
    post = topic.posts.get()
    mine, theirs, older = Caller(author), Caller(moderator), f"posts/{post.pk}/versions/1/"
    mine("PATCH", f"posts/{post.pk}/", {"body": "二"})
    assert mine("PUT", f"{older}hidden/")[0] == 403
    assert theirs("PUT", f"{older}hidden/")[0] == 204
    assert mine.get(f"posts/{post.pk}/versions/")[1]["body"] == ""
    assert mine("POST", f"{older}restore/")[0] == 404
    assert theirs("DELETE", f"{older}hidden/")[0] == 204
    assert mine("POST", f"{older}restore/")[1]["body"] == "一"


def test_what_was_said_is_taken_back_for_a_minute() -> None:
    author, topic = make_member(), a_topic()
    fresh, old = a_reply(topic, author), a_reply(topic, author)
    Post.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    caller = Caller(author)
    assert caller("DELETE", f"posts/{old.pk}/")[0] == 403
    assert caller("DELETE", f"posts/{fresh.pk}/")[0] == 204
    assert Caller()("GET", f"posts/{fresh.pk}/")[0] == 404
    assert caller("POST", f"posts/{fresh.pk}/put-back/")[1]["is_withdrawn"] is False
    assert Caller(make_member())("POST", f"posts/{fresh.pk}/put-back/")[0] == 403


def test_a_token_writes_with_the_scope_for_it_alone() -> None:
    now, topic, statuses = timezone.now(), a_topic(), {}
    for scope in ("read", "posts"):
        _token, key = create_token(
            member=make_member(), name="x", scopes=[scope], expires_at=now + timedelta(1), at=now
        )
        sent = {"Authorization": f"Bearer {key}"}
        statuses[scope] = [
            Caller()("POST", f"topics/{topic.pk}/posts/", {"body": "机器"}, **sent)[0],
            Caller()("GET", f"topics/{topic.pk}/", **sent)[0],
        ]
    assert statuses == {"read": [403, 200], "posts": [201, 403]}
