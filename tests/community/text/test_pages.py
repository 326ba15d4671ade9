"""A page that is a stencil as a whole reads as Django's templates would have written it."""

import re
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.forum.domain.posting import reply
from community.forum.models import Board, Post, Reaction, Tag, Topic
from community.members.models import Member, Relation
from community.members.prepared import Listing
from community.text.pages import PageStencil
from tests.community.members.making import make_member
from tests.journeys.site import Site, make_site

NOW = timezone.now()
ROLES = ("member", "moderator", "admin")
BACKEND = "community.members.signed_in.Backend"
# Made anew for each form.
RANDOM = re.compile(r"\w{64}|[\da-f]{8}-[\da-f-]{27}")


@pytest.fixture(scope="module")
def made_site(stage: None) -> Site:
    return make_site()


@pytest.fixture
def site(made_site: Site, db: None) -> Site:
    return deepcopy(made_site)


def rendered(
    page: PageStencil, request: HttpRequest, look: object, words: dict[str, Any]
) -> HttpResponse:
    """The same page by its template alone."""
    return render(request, page._template, {"look": look, **words})


def readers(site: Site) -> dict[str, Client]:
    """Visitors, and somebody of each role; each has a zone, a language and habits of their own."""
    clients = {"visitor": Client(), "visitor in Chinese": Client(headers={"accept-language": "zh"})}
    zones = ("America/Lima", "", "Asia/Tokyo")
    for n, (role, zone) in enumerate(zip(ROLES, zones, strict=True)):
        member = site.people[role]
        assert member
        Member.objects.filter(pk=member.pk).update(
            time_zone=zone, language=("zh-hans", "en")[n % 2]
        )
        clients[role] = client_of(member)
        clients[role].cookies["scheme"] = ("dark", "light", "")[n % 3]
    return clients


def client_of(member: Member | None) -> Client:
    assert member
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def make_lively(topic: Topic, member: Member) -> None:
    """A bug with facts, tags, a long list of posts, some of them out of sight."""
    now = timezone.now()
    first = topic.posts.get(number=1)
    Post.objects.bulk_create(
        Post(topic=topic, number=n, author=member, body=f"*{n}*", created_at=now)
        for n in range(topic.post_count + 1, 46)
    )
    Topic.objects.filter(pk=topic.pk).update(
        kind="bug", device="Phone", build="7.0", fixed_in="7.1", fixed_at=now, post_count=45
    )
    topic.tags.add(Tag.objects.create(name="<Camera>", folded="camera"))
    topic.posts.filter(number=3).update(hidden_at=now)
    topic.posts.filter(number=4).update(held_at=now)
    Reaction.objects.create(post=first, member=member, kind="thanks", created_at=now)


def test_everybody_reads_their_own_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    member = site.people["member"]
    assert member
    make_lively(site.topic, member)
    clients = readers(site)
    with time_machine.travel(timezone.now(), tick=False):
        for page in ("1", "3"):
            address = f"/forum/topics/{site.topic.pk}/?page={page}"
            filled = {role: client.get(address).text for role, client in clients.items()}
            with monkeypatch.context() as plain:
                plain.setattr(PageStencil, "response", rendered)
                for role, client in clients.items():
                    expected = client.get(address).text
                    assert RANDOM.sub("", filled[role]) == RANDOM.sub("", expected), role


def test_only_who_ignores_somebody_does_not_hear_them(site: Site) -> None:
    author, deaf = site.topic.author, site.people["member"]
    assert author
    assert deaf
    Relation.objects.create(member=deaf, other=author, kind="ignores", since_at=timezone.now())
    address = site.topic.get_absolute_url()
    folded = [
        'class="folded"' in client_of(reader).get(address).text
        for reader in (site.people["engineer"], deaf, site.people["admin"])
    ]
    assert folded == [False, True, False]


@pytest.mark.parametrize(
    ("readers", "statuses"), [("members", [200, 404, 200]), ("everybody", [200, 200, 200])]
)
def test_a_page_that_others_read_stays_shut(site: Site, readers: str, statuses: list[int]) -> None:
    Board.objects.filter(pk=site.topic.board_id).update(readers=readers)
    clients = (client_of(site.people["admin"]), Client(), client_of(site.people["member"]))
    address = site.topic.get_absolute_url()
    assert [client.get(address).status_code for client in clients] == statuses


def test_what_is_hidden_is_read_by_moderators_alone(site: Site) -> None:
    author, address = site.people["engineer"], site.topic.get_absolute_url()
    assert author
    post = reply(topic=site.topic, author=author, body="A secret", submission_key=None, at=NOW)
    clients = (client_of(site.people["moderator"]), client_of(site.people["member"]), Client())
    for hidden_at, read in ((NOW, [True, False, False]), (None, [True, True, True])):
        Post.objects.filter(pk=post.pk).update(hidden_at=hidden_at)
        assert ["A secret" in client.get(address).text for client in clients] == read


CHANGES = {
    "edited": ("Post", {"html": "<p>Quite another thing</p>"}, "Quite another thing"),
    "marked as edited": ("Post", {"edited_at": timezone.now()}, "History of post 2"),
    "felt about": ("Post", {"reaction_counts": {"love": 41}}, '<span class="num">41</span>'),
    "hidden": ("Post", {"hidden_at": timezone.now()}, "Post 2 was hidden by a moderator"),
    "taken back": ("Post", {"withdrawn_at": timezone.now()}, "Post 2 was taken back"),
    "official": ("Post", {"is_official": True}, "official</span>"),
    "renamed": ("Member", {"display_name": "新的名字"}, "新的名字</a>"),
    "signed": ("Member", {"signature": "Sent from *my* phone"}, "<em>my</em> phone"),
    "of the team": ("Member", {"is_staff": True}, "team</span>"),
    "left": ("Gone", {"author": None}, "Somebody who left"),
}


def test_what_happens_to_a_post_is_seen_at_once(site: Site) -> None:
    author = site.people["engineer"]
    assert author
    address = site.topic.get_absolute_url()
    post = reply(topic=site.topic, author=author, body="x", submission_key=None, at=NOW)
    reader = client_of(site.people["member"])
    for name, (what, fields, seen) in CHANGES.items():
        Post.objects.filter(pk=post.pk).update(author=author, is_official=False, hidden_at=None)
        Post.objects.filter(pk=post.pk).update(withdrawn_at=None)
        for client in (Client(), reader):
            assert seen not in client.get(address).text.split('id="post-2"')[1], name
        model = Member.objects if what == "Member" else Post.objects
        model.filter(pk=author.pk if what == "Member" else post.pk).update(**fields)
        for client in (Client(), reader):
            assert seen in client.get(address).text.split('id="post-2"')[1], name


@pytest.mark.parametrize("count", [1, 3])
def test_a_topic_costs_the_same_however_many_write(
    site: Site, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All statements counted, also those of our own."""
    asked: list[object] = []
    ask = Listing.asked
    monkeypatch.setattr(Listing, "asked", lambda *args: asked.append(args) or ask(*args))
    for _ in range(count):
        reply(topic=site.topic, author=make_member(), body="x", submission_key=None, at=NOW)
    client, address = client_of(site.people["member"]), site.topic.get_absolute_url()
    client.get(address)
    asked.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    orm = [query for query in queries if "$1" not in query["sql"]]
    assert len(orm) + len(asked) <= 12
