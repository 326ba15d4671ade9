"""What posts name of this room, who speaks for it, and where it is discussed."""

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Build
from community.forum import known
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Kind, Reference, Topic
from tests.community.builds.making import (
    PUBLISH,
    State,
    make_build,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return make_build(State.PUBLISHED, make_product("phone"), version="7.0")


def topic(body: str, **fields: object) -> Topic:
    board = Board.objects.get(slug="bugs")
    given = {"title": "标题", "body": body, "author": None, "at": PUBLISH}
    return open_topic(board=board, **(given | fields))


def test_builds_changes_and_engineers_are_named_by_address_or_name(build: Build) -> None:
    change = build.features.order_by("pk")[0]
    engineer = change.builders[0]
    body = f"[[7.0]] /builds/{build.slug}/#feature-{change.pk} [[{engineer.name}]] [[{change}]]"
    topic(body)
    assert set(Reference.objects.values_list("kind", "key")) == {
        ("build", build.slug),
        ("feature", str(change.pk)),
        ("engineer", engineer.slug),
    }


def test_what_has_not_gone_out_is_not_named(build: Build) -> None:
    draft = make_build(State.DRAFT, build.product, version="8.0")
    change = draft.features.order_by("pk")[0]
    topic(f"[[8.0]] /builds/{draft.slug}/ /features/{change.pk}/")
    assert not Reference.objects.exists()
    for name in ("feature", "feature_card"):
        assert Client().get(reverse(f"builds:{name}", args=[change.pk])).status_code == 404
    assert Client().get(reverse("builds:build_card", args=[draft.slug])).status_code == 404


def test_a_build_and_its_engineer_list_where_they_are_discussed(build: Build) -> None:
    change = build.features.order_by("pk")[0]
    opened = topic(f"/features/{change.pk}/", title="拍照变慢了")
    pages = [
        reverse("builds:detail", args=[build.slug]),
        reverse("builds:engineer", args=[change.builders[0].slug]),
    ]
    topic(f"/engineers/{change.builders[0].slug}/", title="谢谢你")
    titles = ["拍照变慢了", "谢谢你"]
    for page, title in zip(pages, titles, strict=True):
        assert title in Client().get(page).content.decode()
    Topic.objects.filter(pk=opened.pk).update(hidden_at=PUBLISH)
    assert titles[0] not in Client().get(pages[0]).content.decode()


def test_managers_speak_for_their_products_and_engineers_for_what_they_built(build: Build) -> None:
    change = build.features.order_by("pk")[0]
    engineer, other = change.builders[0], make_engineer("别人")
    owner, stranger = make_member("owner"), make_member("stranger")
    build.product.managers.add(owner)
    for one, member in ((engineer, make_member("builder")), (other, make_member("other"))):
        one.member = member
        one.save()
    make_product("watch", managers=(stranger,))
    about = topic(f"/features/{change.pk}/", kind=Kind.BUG, build=build.slug)
    speaking = {
        member.username
        for member in (owner, stranger, engineer.member, other.member)
        if member and known.speaks_officially(member, about)
    }
    assert speaking == {"owner", "builder"}
