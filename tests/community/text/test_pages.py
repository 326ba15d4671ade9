"""A page that is a stencil as a whole reads as Django's templates would have written it."""

import re
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from community.forum.models import Post, Reaction, Tag, Topic
from community.members.models import Member
from community.text.pages import PageStencil
from tests.journeys.site import KEY, Site, make_site

ROLES = ("member", "moderator", "admin")
# Made anew for each form.
RANDOM = re.compile(r"\w{64}|[\da-f]{8}-[\da-f-]{27}")


@pytest.fixture
def site(db: None, settings: Settings) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    return make_site()


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
        clients[role] = Client()
        clients[role].cookies["scheme"] = ("dark", "light", "")[n % 3]
        clients[role].force_login(member, backend="community.members.signed_in.Backend")
    return clients


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
