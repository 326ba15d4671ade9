"""Joining in by the API: what may be said, by whom, and what it leaves."""

import pytest

from community.forum import known
from community.forum.known import KnownBuild
from community.forum.models import Kind, Topic
from tests.community.forum.api.making import Caller, a_reply, a_topic
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


def test_reactions_are_given_and_taken_back() -> None:
    author, post = make_member(), a_topic().posts.get()
    mei, address = Caller(make_member("mei")), f"posts/{post.pk}/reactions/"
    for _time in range(2):
        assert mei("PUT", f"{address}love/")[0] == 204
    assert mei.get(address) == [{"kind": "love", "members": ["mei"]}]
    assert mei.get(f"topics/{post.topic_id}/posts/")["results"][0]["my_reactions"] == ["love"]
    assert mei("PUT", f"{address}hate/")[0] == 404
    assert mei("DELETE", f"{address}love/")[0] == 204
    assert mei.get(f"posts/{post.pk}/")["reactions"] == {}
    own = a_topic(author).posts.get()
    assert Caller(author)("PUT", f"posts/{own.pk}/reactions/love/")[0] == 403


def test_me_too_counts_who_met_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_builds", [lambda: [KnownBuild(key="7.1", title="Phone 7.1")]])
    bug, mei = a_topic(board="bugs", kind=Kind.BUG), Caller(make_member())
    address, met = f"topics/{bug.pk}/me-too/", {"device": "Mi 9", "build": "7.1"}
    assert mei("PUT", address, met)[0] == 204
    assert mei.get(address) == {"count": 1, "met": [met | {"count": 1}], "mine": met}
    assert mei("PUT", address, met | {"build": "0.1"})[0] == 400
    assert mei("DELETE", address)[0] == 204
    assert mei.get(address) == {"count": 0, "met": [], "mine": None}
    assert Caller(bug.author)("PUT", address, met)[0] == 403
    assert mei("PUT", f"topics/{a_topic().pk}/me-too/", met)[0] == 404


def test_who_asked_chooses_the_best_answer() -> None:
    asker = make_member()
    question = a_topic(asker, board="help", kind=Kind.QUESTION)
    answer, address = a_reply(question), f"topics/{question.pk}/best-answer/"
    mine = Caller(asker)
    assert Caller(make_member())("PUT", address, {"post": answer.pk})[0] == 403
    assert mine("PUT", address, {"post": answer.pk})[0] == 204
    assert mine.get(f"posts/{answer.pk}/")["is_best_answer"]
    assert mine("PUT", address, {"post": question.posts.get(number=1).pk})[0] == 400
    assert mine("DELETE", address)[0] == 204
    assert Topic.objects.get().best_answer is None


def test_who_speaks_for_the_product_says_which_build_mends_a_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "_builds", [lambda: [KnownBuild(key="7.1", title="Phone 7.1")]])
    bug, engineer = a_topic(board="bugs", kind=Kind.BUG), make_member()
    monkeypatch.setattr(known, "_officials", [lambda user, _topic: user.pk == engineer.pk])
    address, said = f"topics/{bug.pk}/fixed-in/", Caller(engineer)
    assert Caller(bug.author)("PUT", address, {"build": "7.1"})[0] == 403
    assert said("PUT", address, {"build": "7.1"})[0] == 204
    assert said.get(f"topics/{bug.pk}/")["fixed_in"] == "7.1"
    assert said("DELETE", address)[0] == 204
    assert Topic.objects.get().fixed_in == ""


def test_reading_is_marked_and_never_taken_back() -> None:
    topic, mei = a_topic(), Caller(make_member())
    a_reply(topic)
    for last_read in (99, 1):
        assert mei("PUT", f"topics/{topic.pk}/read-mark/", {"last_read": last_read})[0] == 204
    shown = mei.get(f"topics/{topic.pk}/")
    assert (shown["last_read"], shown["place"]) == (2, 1)
    assert len(mei.get("topics/?list=unread")["results"]) == 0
    a_topic()
    assert mei("POST", "topics/read/")[0] == 204
    assert mei.get("topics/?list=new")["results"] == []
