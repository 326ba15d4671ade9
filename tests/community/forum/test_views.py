"""Pages of the forum: reading, writing, moderating."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.domain import posting
from community.forum.domain.moderation import hide_post, set_locked
from community.forum.models import POSTS_A_PAGE, Board, Post, Topic
from community.members.models import Member
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BOTH = pytest.mark.parametrize("language", ["en", "zh-hans"])


def board(slug: str = "chat") -> Board:
    return Board.objects.get(slug=slug)


def open_topic(author: Member | None = None, **fields: object) -> Topic:
    given = {"board": board(), "title": "相机闪退", "body": "重启**之后**\n好了。", "at": NOW}
    return posting.open_topic(author=author, **(given | fields))


def add_replies(topic: Topic, count: int, author: Member | None = None) -> None:
    for number in range(count):
        posting.reply(
            topic=topic,
            author=author,
            body=f"reply {number}",
            submission_key=uuid4(),
            at=NOW + timedelta(minutes=number),
        )


def moderator() -> Member:
    member = make_member()
    board().moderators.add(member)
    return member


def form(**fields: object) -> dict[str, object]:
    return {"title": "有个问题", "body": "请问……", "submission_key": str(uuid4())} | fields


def html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


# --- reading ----------------------------------------------------------------------------------
@BOTH
def test_everybody_reads_in_their_language(client: Client, language: str) -> None:
    topic = open_topic(make_member())
    client.cookies["django_language"] = language
    for url in ("/forum/", "/forum/chat/", topic.get_absolute_url()):
        page = client.get(url)
        assert page.status_code == 200
        assert "相机闪退" in page.content.decode()
        assert page.headers["Content-Language"] == language
        assert not page.cookies


def test_words_are_rendered_with_their_lines(client: Client) -> None:
    page = html(client, open_topic().get_absolute_url())
    assert "<p>重启<strong>之后</strong><br>" in page


def test_the_site_speaks_under_its_own_name_and_who_left_does_not(client: Client) -> None:
    leaving = make_member()
    topic = open_topic(kind=Topic.Kind.ANNOUNCEMENT)
    add_replies(topic, 1, leaving)
    leaving.delete()
    page = html(client, topic.get_absolute_url())
    first, second = page.split('id="post-2"')
    assert '<span class="strong">Orange Friday</span>' in first
    assert '<span class="muted">Somebody who left</span>' in second


def test_a_page_holds_twenty_posts_and_each_has_an_address(client: Client) -> None:
    topic = open_topic()
    add_replies(topic, POSTS_A_PAGE)
    post = topic.posts.get(number=POSTS_A_PAGE + 1)
    assert client.get(reverse("forum:post", args=[post.pk])).url == post.get_absolute_url()
    second = html(client, f"{topic.get_absolute_url()}?page=2")
    assert 'id="post-21"' in second
    assert 'id="post-20"' not in second
    assert 'id="post-21"' not in html(client, topic.get_absolute_url())


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_is_not_there_is_the_nearest_one(client: Client, page: str) -> None:
    assert client.get(f"{open_topic().get_absolute_url()}?page={page}").status_code == 200


def test_a_hidden_reply_leaves_its_place(client: Client) -> None:
    topic = open_topic()
    add_replies(topic, 1)
    hide_post(post=topic.posts.get(number=2), at=NOW)
    page = html(client, topic.get_absolute_url())
    assert "reply 0" not in page
    assert "Post 2 was hidden by a moderator" in page
    assert "reply 0" in html(signed_in(moderator()), topic.get_absolute_url())


def test_a_hidden_topic_is_not_there(client: Client) -> None:
    topic = open_topic()
    first = topic.posts.get()
    hide_post(post=first, at=NOW)
    for url in (topic.get_absolute_url(), reverse("forum:post", args=[first.pk])):
        assert client.get(url).status_code == 404
        assert signed_in(make_member()).get(url).status_code == 404
    assert "相机闪退" not in html(client, "/forum/chat/")
    assert "相机闪退" not in html(client, "/forum/")
    assert signed_in(moderator()).get(topic.get_absolute_url()).status_code == 200


# --- writing ----------------------------------------------------------------------------------
def test_a_member_opens_a_topic_and_a_doubled_click_opens_no_second() -> None:
    client, sent = signed_in(make_member()), form()
    for _ in range(2):
        answer = client.post("/forum/chat/new/", sent)
    assert answer.url == Topic.objects.get().get_absolute_url()


def test_a_reply_leads_to_itself_and_a_doubled_click_is_one() -> None:
    topic, client, sent = open_topic(), signed_in(make_member()), form()
    for _ in range(2):
        answer = client.post(reverse("forum:reply", args=[topic.pk]), sent)
    assert answer.url.endswith("#post-2")
    assert topic.posts.count() == 2


@pytest.mark.parametrize("fields", [{"title": "啊"}, {"title": "  "}, {"body": " "}])
def test_what_cannot_be_published_is_kept_in_the_form(fields: dict[str, str]) -> None:
    sent = form(body="我写了很久") | fields
    answer = signed_in(make_member()).post("/forum/chat/new/", sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert str(sent["body"]) in answer.content.decode()
    assert not Topic.objects.exists()


def test_a_reply_that_is_refused_keeps_what_was_typed() -> None:
    topic = open_topic()
    set_locked(topic=topic, is_locked=True, at=NOW)
    answer = signed_in(make_member()).post(
        reverse("forum:reply", args=[topic.pk]), form(body="我写了很久")
    )
    assert answer.status_code == 422
    assert "我写了很久" in answer.content.decode()
    assert topic.posts.count() == 1


def test_a_topic_locked_while_one_writes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = open_topic()
    monkeypatch.setattr("community.forum.permissions.may_reply", lambda *_args: True)
    set_locked(topic=topic, is_locked=True, at=NOW)
    answer = signed_in(make_member()).post(reverse("forum:reply", args=[topic.pk]), form())
    assert "locked a moment ago" in answer.content.decode()


def test_a_closed_topic_says_since_when_and_where_to_go_on() -> None:
    topic, member = open_topic(), signed_in(make_member())
    Topic.objects.filter(pk=topic.pk).update(locks_at=NOW - timedelta(days=3))  # by its timer

    def said(client: Client) -> str:
        return client.get(topic.get_absolute_url()).text

    for client in (Client(), member):
        page = said(client)
        assert "This topic was closed <time" in page
        assert '<a href="/forum/chat/">' in page.partition('id="reply"')[2]
        assert "Sign in to reply" not in page
    set_locked(topic=topic, is_locked=True, at=NOW)
    topic.refresh_from_db()
    assert topic.locks_at == NOW - timedelta(days=3)
    Topic.objects.filter(pk=topic.pk).update(locks_at=None)  # as imported
    assert "This topic is closed." in said(Client())


def test_haste_is_slowed_and_nothing_lost() -> None:
    topic, member = open_topic(), make_member()
    client = signed_in(member)
    for _ in range(posting.MOST_POSTS):
        client.post(reverse("forum:reply", args=[topic.pk]), form())
    for url in (reverse("forum:reply", args=[topic.pk]), "/forum/chat/new/"):
        answer = client.post(url, form(body="我写了很久"))
        assert "Wait a moment" in answer.content.decode()
        assert "我写了很久" in answer.content.decode()
    assert Post.objects.filter(author=member).count() == posting.MOST_POSTS


@pytest.mark.parametrize(
    "fields",
    [{"is_verified": False}, {"suspended_until": NOW + timedelta(days=1)}],
    ids=["unverified", "suspended"],
)
def test_who_is_not_in_good_standing_reads_only(fields: dict[str, object]) -> None:
    member = make_member(is_verified=bool(fields.get("is_verified", True)))
    Member.objects.filter(pk=member.pk).update(suspended_until=fields.get("suspended_until"))
    topic, client = open_topic(), signed_in(member)
    assert client.post("/forum/chat/new/", form()).status_code == 403
    assert client.post(reverse("forum:reply", args=[topic.pk]), form()).status_code == 422
    assert Post.objects.count() == 1


def test_visitors_are_invited_to_sign_in(client: Client) -> None:
    topic = open_topic()
    assert "Sign in to reply" in html(client, topic.get_absolute_url())
    for url in ("/forum/chat/new/", reverse("forum:reply", args=[topic.pk])):
        assert client.post(url, form()).url.startswith(reverse("account_login"))


def test_on_the_board_of_releases_the_site_speaks() -> None:
    assert signed_in(make_member()).post("/forum/releases/new/", form()).status_code == 403
    topic = open_topic(board=board("releases"), kind=Topic.Kind.ANNOUNCEMENT)
    answer = signed_in(make_member()).post(reverse("forum:reply", args=[topic.pk]), form())
    assert answer.status_code == 302


# --- editing ----------------------------------------------------------------------------------
def test_one_edits_ones_own_words_for_a_day() -> None:
    author = make_member()
    post = open_topic(author).posts.get()
    client, url = signed_in(author), reverse("forum:edit_post", args=[post.pk])
    assert url in html(client, post.get_absolute_url())
    assert post.body in html(client, url).replace("\r", "")
    assert client.post(url, {"body": "改好了"}).url == post.get_absolute_url()
    post.refresh_from_db()
    assert post.body == "改好了"
    Post.objects.update(created_at=NOW - timedelta(days=1))
    assert client.get(url).status_code == 404
    assert url not in html(client, post.get_absolute_url())


def test_the_words_of_others_stay() -> None:
    post = open_topic(make_member()).posts.get()
    url = reverse("forum:edit_post", args=[post.pk])
    for other in (make_member(), moderator(), make_member(is_superuser=True)):
        assert signed_in(other).post(url, {"body": "x"}).status_code == 404


def test_nobody_edits_in_a_locked_topic() -> None:
    author = make_member()
    topic = open_topic(author)
    set_locked(topic=topic, is_locked=True, at=NOW)
    url = reverse("forum:edit_post", args=[topic.posts.get().pk])
    assert signed_in(author).get(url).status_code == 404


# --- moderating -------------------------------------------------------------------------------
@pytest.mark.parametrize("action", ["hide_post", "show_post", "lock_topic", "unlock_topic"])
def test_moderating_is_for_moderators_of_the_board(action: str) -> None:
    topic = open_topic()
    thing = topic.posts.get() if "post" in action else topic
    url = reverse(f"forum:{action}", args=[thing.pk])
    elsewhere = make_member()
    board("help").moderators.add(elsewhere)
    for outsider in (make_member(), elsewhere, make_member(is_staff=True)):
        assert signed_in(outsider).post(url).status_code == 404
    assert Client().post(url).url.startswith(reverse("account_login"))
    for insider in (moderator(), make_member(is_superuser=True)):
        assert signed_in(insider).post(url).status_code == 302
        assert signed_in(insider).get(url).status_code == 405


def test_hide_and_lock_on_the_page() -> None:
    topic, client = open_topic(), signed_in(moderator())
    add_replies(topic, 1)
    post = topic.posts.get(number=2)
    client.post(reverse("forum:hide_post", args=[post.pk]))
    client.post(reverse("forum:lock_topic", args=[topic.pk]))
    page = html(client, topic.get_absolute_url())
    assert "Show post 2" in page
    assert "Unlock" in page
    client.post(reverse("forum:show_post", args=[post.pk]))
    client.post(reverse("forum:unlock_topic", args=[topic.pk]))
    assert Post.objects.visible().count() == 2
    assert not Topic.objects.get().is_locked


# --- cost -------------------------------------------------------------------------------------
def test_longer_lists_cost_no_more_queries() -> None:
    client = signed_in(make_member())
    topic = open_topic(make_member())
    urls = ("/forum/", "/forum/chat/", topic.get_absolute_url())
    with_one = [queries_for(client, url) for url in urls]
    for author in (make_member(), make_member()):
        open_topic(author)
        open_topic(author, board=board("help"))
        add_replies(topic, 1, author)
    assert [queries_for(client, url) for url in urls] == with_one
