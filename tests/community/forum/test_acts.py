"""What one does with what others wrote, on its pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum import known, permissions
from community.forum.domain.editing import edit_post
from community.forum.domain.history import Piece, compare
from community.forum.domain.posting import open_topic, reply
from community.forum.known import KnownBuild
from community.forum.models import Board, Kind, Post, Topic
from community.members.models import Member
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def topic(kind: str = Kind.TALK, author: Member | None = None) -> Topic:
    board = Board.objects.get(slug="chat")
    author = author or make_member()
    return open_topic(board=board, title="标题", body="一二", author=author, kind=kind, at=NOW)


def answer(to: Topic) -> Post:
    return reply(topic=to, author=make_member(), body="好", submission_key=None, at=NOW)


def moderator() -> Client:
    member = make_member()
    Board.objects.get(slug="chat").moderators.add(member)
    return signed_in(member)


def url(name: str, thing: Topic | Post, *more: int) -> str:
    return reverse(f"forum:{name}", args=[thing.pk, *more])


def test_a_reaction_is_toggled_with_and_without_scripts() -> None:
    post, client = topic().posts.get(), signed_in(make_member())
    assert client.post(url("reactions", post), {"add": "thanks"}).url == post.get_absolute_url()
    page = client.post(url("reactions", post), {"add": "love"}, headers={"HX-Request": "true"})
    assert page.content.decode().count('aria-pressed="true"') == 2
    client.post(url("reactions", post), {"remove": "thanks"})
    client.post(url("reactions", post), {"add": "hate"})
    post.refresh_from_db()
    assert post.reaction_counts == {"love": 1}
    shown = client.get(post.get_absolute_url()).content.decode()
    assert f'data-my-reactions="{post.pk}:love"' in shown


def test_nobody_reacts_to_their_own_words() -> None:
    opened = topic()
    assert opened.author
    own = signed_in(opened.author)
    assert own.post(url("reactions", opened.posts.get()), {"add": "love"}).status_code == 404
    assert own.post(url("me_too", topic(Kind.BUG, opened.author))).status_code == 404


def test_a_second_person_has_met_a_bug_and_takes_it_back() -> None:
    bug, client = topic(Kind.BUG), signed_in(make_member())
    client.post(url("me_too", bug), {"device": "Mi 9"})
    assert Topic.objects.get().me_too_count == 1
    assert "Mi 9" in client.get(url("me_too", bug)).content.decode()
    client.post(url("me_too", bug), {"take_back": "1"})
    assert Topic.objects.get().me_too_count == 0
    assert client.get(url("me_too", topic())).status_code == 404


def test_who_asked_chooses_the_best_answer() -> None:
    question = topic(Kind.QUESTION)
    best = answer(question)
    assert question.author
    outsider, asker = signed_in(make_member()), signed_in(question.author)
    assert outsider.post(url("choose_answer", best)).status_code == 404
    asker.post(url("choose_answer", best))
    assert Topic.objects.get().best_answer == best
    assert "best answer" in Client().get(best.get_absolute_url()).content.decode()
    moderator().post(url("choose_answer", best))
    assert Topic.objects.get().best_answer is None


def test_who_speaks_for_the_product_says_what_mends_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    bug, speaker = topic(Kind.BUG), make_member()
    monkeypatch.setattr(known, "_builds", [lambda: [KnownBuild(key="7", title="Phone 7")]])
    monkeypatch.setattr(known, "_officials", [lambda user, _topic: user == speaker])
    assert signed_in(make_member()).get(url("say_fixed", bug)).status_code == 404
    assert signed_in(speaker).post(url("say_fixed", bug), {"build": "6"}).status_code == 200
    signed_in(speaker).post(url("say_fixed", bug), {"build": "7"})
    assert Topic.objects.get().fixed_in == "7"


def test_one_takes_back_what_one_has_just_said_and_says_it_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(permissions, "REGRET", timedelta(hours=1))
    opened = topic()
    said = answer(opened)
    assert said.author
    client = signed_in(said.author)
    assert signed_in(make_member()).post(url("withdraw", said)).status_code == 404
    client.post(url("withdraw", said))
    assert Post.objects.visible().count() == 1
    client.post(url("put_back", said))
    assert Post.objects.visible().count() == 2
    Post.objects.update(created_at=NOW - timedelta(hours=2))
    assert client.post(url("withdraw", said)).status_code == 404


# --- what a post said --------------------------------------------------------------------------
def test_a_comparison_is_by_words_and_by_single_han() -> None:
    pieces = list(compare("相机闪退 hello", "相机不退 hullo"))
    assert [p for p in pieces if p.kind] == [
        Piece("del", "闪"),
        Piece("ins", "不"),
        Piece("del", "hello"),
        Piece("ins", "hullo"),
    ]


def test_a_hidden_version_leaks_nowhere() -> None:
    post, client = topic().posts.get(), signed_in(make_member())
    for body in ("secret", "三"):
        edit_post(post=post, body=body, at=NOW)
    assert "secret" in client.get(url("versions", post)).content.decode()
    assert client.post(url("hide_version", post, 2)).status_code == 404
    moderator().post(url("hide_version", post, 2))
    assert "secret" not in client.get(url("versions", post)).content.decode()
    assert "secret" in moderator().get(url("versions", post)).content.decode()
    assert post.author
    author = signed_in(post.author)
    assert author.post(url("restore_version", post, 2)).status_code == 404
    author.post(url("restore_version", post, 1))
    assert Post.objects.get().body == "一二"
    assert post.versions.count() == 4


def test_what_a_post_says_now_is_hidden_with_the_post_alone() -> None:
    post = topic().posts.get()
    edit_post(post=post, body="三", at=NOW)
    moderator().post(url("hide_version", post, 2))
    assert not post.versions.exclude(hidden_at=None).exists()
