"""Writing pages: kinds, templates, drafts, quoting; all of it as a plain form."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum import known, limits
from community.forum.domain.drafts import save_draft
from community.forum.domain.posting import open_topic, reply
from community.forum.known import KnownBuild
from community.forum.models import Board, Draft, Kind, Post, Topic
from community.members.models import Device
from tests.community.members.making import AT, make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
NEW_BUG = "/forum/bugs/new/"


@pytest.fixture(autouse=True)
def _builds(monkeypatch: pytest.MonkeyPatch) -> None:
    builds = [KnownBuild(key="7.1", title="Phone 7.1"), KnownBuild(key="7.0", title="Phone 7.0")]
    monkeypatch.setattr(known, "_builds", [lambda: builds])


def topic(**fields: object) -> Topic:
    given = {"board": Board.objects.get(slug="chat"), "title": "标题", "body": "一", "at": AT}
    return open_topic(author=make_member(), **(given | fields))


def reply_url(topic: Topic, query: str = "") -> str:
    return reverse("forum:reply", args=[topic.pk]) + query


def body_of(client: Client, url: str) -> str:
    return str(client.get(url).context["form"]["body"].value())


def test_a_bug_begins_with_its_template_and_names_build_and_device() -> None:
    member = make_member()
    Device.objects.create(member=member, family="Mi 9", public_key=bytes(32), added_at=AT)
    client = signed_in(member)
    assert "Build Phone 7.1, device Mi 9" in body_of(client, NEW_BUG)
    sent = {"title": "相机闪退", "body": "x", "kind": "bug", "device": "Mi 9", "build": "7.0"}
    client.post(NEW_BUG, sent | {"tags": "相机，a", "submission_key": str(uuid4())})
    opened = Topic.objects.get()
    assert (opened.kind, opened.device, opened.build) == (Kind.BUG, "Mi 9", "7.0")
    assert set(opened.tags.values_list("name", flat=True)) == {"相机", "a"}
    assert set(Post.objects.get().references.values_list("kind", "key")) == {("build", "7.0")}


@pytest.mark.parametrize(("asked", "kind"), [("talk", "talk"), ("instalment", "bug"), ("", "bug")])
def test_a_board_offers_its_kinds_only(asked: str, kind: str) -> None:
    page = signed_in(make_member()).get(f"{NEW_BUG}?kind={asked}")
    assert page.context["form"].chosen == kind


def test_a_template_never_writes_over_a_draft() -> None:
    member = make_member()
    fields = {"kind": "bug", "device": "Mi 8"}
    save_draft(member=member, place="new:bugs", seen=0, body="我写了", fields=fields, at=AT)
    page = signed_in(member).get(f"{NEW_BUG}?kind=talk")
    assert "我写了" in page.content.decode()
    assert "What happened" not in page.content.decode()


def test_what_is_no_tag_is_said() -> None:
    sent = {"title": "相机闪退", "body": "x", "tags": "a/b"}
    page = signed_in(make_member()).post(NEW_BUG, sent)
    assert "“a/b” is no tag" in page.content.decode()


def test_addresses_of_this_site_are_kept_without_it() -> None:
    client, asked = signed_in(make_member()), topic()
    client.post(reply_url(asked), {"body": "http://testserver/builds/7/ http://other/builds/7/"})
    assert Post.objects.get(number__gt=1).body == "/builds/7/ http://other/builds/7/"


def test_quoting_needs_no_script_and_says_whom_one_answers() -> None:
    asked = topic(body="> older\n\n第一\n第二")
    first, client = asked.posts.get(), signed_in(make_member())
    quoted = body_of(client, reply_url(asked, f"?quote={first.pk}"))
    head = f"> [{first.author} #1](/forum/posts/{first.pk}/)"
    assert quoted == f"{head}\n> 第一\n> 第二\n"
    assert client.get(reverse("forum:quote", args=[first.pk])).content.decode() == quoted
    client.post(reply_url(asked), {"body": "好", "answers": first.pk})
    assert Post.objects.get(number=2).answers == first


def test_a_post_of_another_topic_is_not_quoted() -> None:
    other, client = topic().posts.get(), signed_in(make_member())
    assert body_of(client, reply_url(topic(), f"?quote={other.pk}")) == ""


def test_a_reply_goes_on_with_its_draft() -> None:
    asked, member = topic(), make_member()
    save_draft(member=member, place=f"reply:{asked.pk}", seen=0, body="我写了", at=AT)
    assert body_of(signed_in(member), reply_url(asked)) == "我写了"


def test_a_preview_is_what_the_post_will_be() -> None:
    make_member("ming", display_name="小明")
    client, url = signed_in(make_member()), reverse("forum:preview")
    shown = client.post(url, {"body": "谢@小明，||x||\n**y**"}).content.decode()
    assert 'href="/members/ming/"' in shown
    assert '<span class="spoiler" tabindex="0">x</span><br>' in shown
    assert "<script" not in client.post(url, {"body": "<script>"}).content.decode()


def test_previews_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PREVIEWS_A_MINUTE", 1)
    member, now = make_member(), timezone.now()
    assert [limits.may_preview(member.pk, now) for _ in range(2)] == [True, False]


def test_an_official_reply_is_for_those_who_speak_for_the_product(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, speaker = topic(), make_member()
    monkeypatch.setattr(known, "_officials", [lambda user, _topic: user == speaker])
    for member in (make_member(), speaker):
        signed_in(member).post(reply_url(asked), {"body": "x", "is_official": "on"})
    assert list(Post.objects.filter(is_official=True)) == list(Post.objects.filter(author=speaker))


# --- drafts -----------------------------------------------------------------------------------
def draft_url(place: str) -> str:
    return reverse("api_draft", args=[place])


def put(client: Client, place: str, body: str, seen: int = 0) -> tuple[int, dict]:
    headers = {"If-Match": f'"{seen}"'} if seen else {}
    answer = client.put(draft_url(place), {"body": body}, "application/json", headers=headers)
    return answer.status_code, answer.json()


def test_a_draft_is_kept_and_a_conflict_shows_the_other_one() -> None:
    client = signed_in(make_member())
    assert put(client, "new:chat", "one")[1]["version"] == 1
    assert put(client, "new:chat", "two", seen=1)[1]["version"] == 2
    status, problem = put(client, "new:chat", "three", seen=1)
    assert (status, problem["draft"]["body"]) == (412, "two")
    assert client.get(draft_url("new:chat")).json()["body"] == "two"
    assert signed_in(make_member()).get(draft_url("new:chat")).status_code == 404
    assert client.put(draft_url("elsewhere"), {}, "application/json").status_code == 404
    assert client.delete(draft_url("new:chat")).status_code == 204
    assert not Draft.objects.exists()


def test_drafts_are_listed_with_where_they_are_written_on_for_no_more_queries() -> None:
    member, answered = make_member(), topic()
    client, url = signed_in(member), reverse("forum:draft_list")
    places = ["new:chat", f"reply:{answered.pk}", f"edit:{answered.posts.get().pk}"]
    save_draft(member=member, place=places[0], seen=0, body="x", at=AT)
    save_draft(member=member, place="reply:99", seen=0, body="x", at=AT)
    save_draft(member=member, place="edit:99", seen=0, body="x", at=AT)
    with_few = queries_for(client, url)
    for place in (*places[1:], "new:nowhere"):
        save_draft(member=member, place=place, seen=0, body="x", at=AT)
    assert queries_for(client, url) == with_few
    page = client.get(url).content.decode()
    assert reply_url(answered) in page
    assert page.count("A place that is gone") >= 3
    client.post(reverse("forum:remove_draft", args=["reply:99"]))
    assert not Draft.objects.filter(place="reply:99").exists()


def test_an_edit_goes_on_with_its_draft_and_ends_it() -> None:
    post = reply(
        topic=topic(), author=make_member(), body="x", submission_key=None, at=timezone.now()
    )
    assert post.author
    save_draft(member=post.author, place=f"edit:{post.pk}", seen=0, body="y", at=AT)
    client, url = signed_in(post.author), reverse("forum:edit_post", args=[post.pk])
    assert body_of(client, url) == "y"
    client.post(url, {"body": "y"})
    assert not Draft.objects.exists()
