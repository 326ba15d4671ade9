"""Every page of the room answers, in both languages, and asks no more for more rows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.builds.domain import claims, details, engineers, week
from community.builds.domain.details import Download
from community.builds.models import Build, Product, ProductDevice
from orangefriday import week as frame
from tests.community.builds.making import (
    DRAFTED,
    FRIDAY,
    HOUR,
    PUBLISH,
    State,
    add_feature,
    make_build,
    make_draft,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db


def show(client: Client, name: str, *arguments: object, query: str = "", **kwargs: Any) -> str:
    response = client.get(reverse(f"builds:{name}", args=arguments) + query, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


def fill(product: Product) -> dict[str, str]:
    """A build in each state, each with something unusual about it."""
    weekly = make_build(State.AWARDED, product, version="awarded")
    details.edit_page(
        build_id=weekly.pk,
        notes="# Hello",
        files=[Download("rom.zip", "https://example.org/rom.zip", "a" * 64, 1234)],
        known_issues=["NFC is slow."],
    )
    late = make_build(State.SCHEDULED, product, version="late", channel="daily")
    week.publish(build_id=late.pk, at=PUBLISH + 3 * HOUR)
    week.extend(build_id=late.pk, at=PUBLISH + 4 * HOUR)
    make_build(State.RECALLED, product, version="recalled", channel="stable")
    for number, state in enumerate([State.SCHEDULED, State.CLOSED, State.CANCELLED]):
        other = make_product(f"other-{number}", managers=tuple(product.managers.all()))
        make_build(state, other, version=state)
    held = make_build(
        State.SCHEDULED, make_product(managers=tuple(product.managers.all())), version="held"
    )
    week.hold(build_id=held.pk, reason="Waiting.")
    draft = make_draft(product, version="draft")
    add_feature(draft, title="Unsigned", area="Clock", body="*More*")
    hidden = make_engineer("Mei")
    engineers.hide(engineer=hidden)
    claims.claim(engineer=make_engineer("林浩"), member=make_member(), evidence="Me.", at=DRAFTED)
    engineers.merge(engineer=make_engineer("Lin"), into=make_engineer("林浩"))
    return {"file": str(weekly.files.get().pk), "feature": str(draft.features.first().pk)}


@pytest.mark.walk
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_answers(product, manager, language):
    made = fill(product)
    member = Client()
    member.force_login(make_member())
    for client in (manager, member, Client()):
        client.cookies["django_language"] = language
        for name, *arguments in (
            ("archive",),
            ("detail", "awarded"),
            ("detail", "late"),
            ("detail", "recalled"),
            ("engineer_list",),
            ("engineer", "林浩"),
            ("download_code", "awarded", made["file"]),
        ):
            show(client, name, *arguments)
    for name in ("studio", "new_draft", "import", "curate"):
        show(manager, name)
    show(manager, "product", "phone")
    for slug in (
        "awarded",
        "late",
        "recalled",
        "scheduled",
        "closed",
        "cancelled",
        "held",
        "draft",
    ):
        for name in ("detail", "change_list", "edit_page", "edit_rules", "edit_week"):
            show(manager, name, slug)
    show(manager, "new_change", "draft")
    show(manager, "edit_change", "draft", made["feature"])
    show(member, "claim", "林浩")


def test_nothing_is_here_yet():
    for name in ("archive", "engineer_list"):
        assert "empty" in show(Client(), name)


def send_out(build: Build) -> None:
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=build.pk, at=PUBLISH)


def asked(client: Client, name: str, *arguments: object) -> int:
    show(client, name, *arguments)
    frame.forget()
    with CaptureQueriesContext(connection) as queries:
        show(client, name, *arguments)
    return len(queries)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("archive", ()),
        ("engineer_list", ()),
        ("engineer", ("林浩",)),
        ("detail", ("first",)),
        ("studio", ()),
        ("curate", ()),
        ("change_list", ("draft",)),
        ("product", ("phone",)),
    ],
)
def test_more_rows_do_not_mean_more_queries(product, manager, name, arguments):
    first = make_draft(product, version="first", changes=1)
    draft = make_draft(product, version="draft", changes=1)
    send_out(first)
    few = asked(manager, name, *arguments)
    for number in range(2):
        more = make_draft(product, version=f"more-{number}", channel=["daily", "stable"][number])
        send_out(more)
        add_feature(draft, f"Engineer {number}", "Zoe")
        ProductDevice.objects.create(product=product, family=f"Orange {number}")
        claims.claim(
            engineer=make_engineer(f"Engineer {number}"),
            member=make_member(),
            evidence="Me.",
            at=DRAFTED,
        )
    assert asked(manager, name, *arguments) == few
