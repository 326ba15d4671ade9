"""The studio: drafts, steps, the change list, the page, the rules, the week."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from community.builds.domain import calendar, week
from community.builds.models import Build, Feature, ProductDevice
from community.builds.views import schedule
from tests.community.builds.making import (
    DRAFTED,
    FREEZE,
    FRIDAY,
    State,
    add_feature,
    make_build,
    make_draft,
    make_engineer,
    make_member,
    make_product,
)

pytestmark = pytest.mark.django_db
DESK = "/studio/builds/draft/"


@pytest.fixture
def draft(product) -> Build:
    return make_draft(product, version="draft")


def send(client: Client, address: str, **data: object) -> str:
    """What is on the page that a POST leads to."""
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def step(client: Client, build: Build, name: str, **data: object) -> str:
    html = send(client, f"/studio/builds/{build.slug}/steps/{name}/", **data)
    build.refresh_from_db()
    return html


def test_a_build_begins_as_a_draft(manager, product):
    sent = {"product": product.pk, "version": "6.11.20", "channel": "weekly", "notes": "Hello."}
    for _double_click in range(2):
        html = send(manager, "/studio/new/", **sent)
    assert "was here already" in html
    build = Build.objects.get()
    assert (build.number, build.notes, build.created_by) == (1, "Hello.", product.managers.get())


def test_a_draft_keeps_what_was_typed_when_it_is_refused(manager, product, draft):
    html = send(
        manager, "/studio/new/", product=product.pk, version="7", channel="weekly", number=1
    )
    assert "has that number" in html
    assert 'value="7"' in html
    assert "needs a version" in send(
        manager, "/studio/new/", product=product.pk, version="/", channel="weekly"
    )
    other = make_product()
    assert "Select a valid choice" in send(
        manager, "/studio/new/", product=other.pk, version="8", channel="weekly"
    )


def test_the_studio_says_what_is_next(manager, product):
    make_build(State.SCHEDULED, product, version="scheduled")
    draft = make_draft(product, version="draft", changes=0)
    add_feature(draft, title="Unsigned")
    html = manager.get("/studio/").content.decode()
    assert "The change list is frozen" in html or "It was to go out" in html or "It is due" in html
    assert "One change needs its engineer" in html


def test_an_empty_site_begins_with_a_product():
    admin = Client()
    admin.force_login(make_member("admin", is_staff=True, is_superuser=True))
    html = admin.get("/studio/").content.decode()
    assert "/admin/builds/product/add/" in html
    assert "/studio/new/" not in html


def test_nothing_is_under_way(manager):
    assert "No build is under way" in manager.get("/studio/").content.decode()


def test_a_build_is_held_released_and_sent_out(manager, product):
    build = make_build(State.SCHEDULED, product)
    assert "is held" in step(manager, build, "hold", reason="Radio firmware.")
    assert build.is_held
    assert "release it first" in step(manager, build, "publish")
    assert "is released" in step(manager, build, "release")
    move_to_the_future(build)
    assert "is out" in step(manager, build, "publish")
    assert build.state == State.PUBLISHED
    assert "is out" in step(manager, build, "publish")


def move_to_the_future(build: Build) -> None:
    """Days from now, so that the real clock finds the window open."""
    later = timezone.now() + timedelta(days=1) - build.publish_at
    edges = {edge: getattr(build, edge) + later for edge in calendar.EDGES}
    Build.objects.filter(pk=build.pk).update(**edges)


def test_a_build_goes_back_is_cancelled_and_restored(manager, product):
    build = make_build(State.SCHEDULED, product)
    assert "is a draft again" in step(manager, build, "unschedule")
    assert "You can restore it" in step(manager, build, "cancel", reason="Holiday.")
    assert build.state_reason == "Holiday."
    assert "Cancelled: Holiday." in step(manager, build, "publish")
    step(manager, build, "restore")
    assert build.state == State.DRAFT


def test_a_late_build_is_extended_then_recalled(manager, product):
    build = make_build(State.SCHEDULED, product)
    move_to_the_future(build)
    was_due = timezone.now() - timedelta(hours=3)
    Build.objects.filter(pk=build.pk).update(
        inner_test_at=None, publish_at=was_due, ballots_open_at=was_due
    )
    step(manager, build, "publish")
    closes_at = build.ballots_close_at
    assert (
        "Give the window its lost time back"
        in manager.get(f"/studio/builds/{build.slug}/").content.decode()
    )
    assert "has its lost time back" in step(manager, build, "extend")
    assert build.ballots_close_at > closes_at
    assert "Say why the build is recalled" in step(manager, build, "recall")
    assert "is recalled" in step(manager, build, "recall", reason="It does not start.")
    assert build.state == State.RECALLED


def change(title: str = "Dual clock", *people: str, **more: object) -> dict[str, object]:
    """A change as the form sends it; people as "name" or "name share"."""
    sent: dict[str, object] = {"title": title, "kind": "fix", "area": "Clock"}
    sent |= {"credits-TOTAL_FORMS": len(people), "credits-INITIAL_FORMS": 0}
    for place, person in enumerate(people):
        name, _space, share = person.partition(" ")
        sent |= {f"credits-{place}-engineer": name, f"credits-{place}-share": share}
    return sent | more


def test_a_change_is_added_with_its_engineers(manager, draft):
    send(
        manager,
        f"{DESK}changes/new/",
        **change("Dual clock", "林浩 0.7", "@mei 0.3", references="#7，#8"),
    )
    feature = Feature.objects.get(title="Dual clock")
    assert (feature.area, feature.kind, feature.references) == ("Clock", "fix", ["#7", "#8"])
    signed = feature.credits.order_by("pk").values_list("engineer__name", "share")
    assert [(name, str(share)) for name, share in signed] == [("林浩", "0.7000"), ("mei", "0.3000")]


def test_one_change_after_another(manager, draft):
    response = manager.post(f"{DESK}changes/new/", change("A", "Zoe", another="1"))
    assert response["Location"] == f"{DESK}changes/new/"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (change(""), "This field is required"),
        (change("Dual clock", "Zoe 0.5"), "The shares sum to 0.5"),
        (change("Dual clock", "Zoe 0.5", "Mei"), "Give every engineer a share"),
        (change("Dual clock", "Zoe", "ZOE"), "is named twice"),
        (change("Dual clock", "Zoe 2"), "less than or equal to 1"),
    ],
)
def test_a_change_that_is_not_right_keeps_what_was_typed(manager, draft, sent, sentence):
    html = send(manager, f"{DESK}changes/new/", **sent)
    assert sentence in html
    assert 'value="Clock"' in html
    assert draft.features.count() == 2


def test_a_change_is_edited_and_signed_anew(manager, draft):
    feature = draft.features.first()
    html = manager.get(f"{DESK}changes/{feature.pk}/").content.decode()
    assert "林浩" in html
    sent = change("Better", "Zoe", "Gone")
    sent |= {"credits-1-DELETE": "on", "credits-INITIAL_FORMS": 2}
    send(manager, f"{DESK}changes/{feature.pk}/", **sent)
    feature.refresh_from_db()
    assert feature.title == "Better"
    assert feature.credits.get().engineer.name == "Zoe"


def test_changes_are_moved_taken_out_and_put_back(manager, draft):
    first, second = draft.features.order_by("position")
    send(manager, f"{DESK}changes/{second.pk}/move/", by="-1")
    assert list(draft.features.order_by("position")) == [second, first]
    send(manager, f"{DESK}changes/{second.pk}/move/", by="1")
    html = send(manager, f"{DESK}changes/{first.pk}/remove/")
    assert f"“{first.title}” was taken out" in html
    assert draft.features.count() == 1
    send(manager, f"{DESK}changes/{first.pk}/remove/")
    assert "back in its place" in send(manager, f"{DESK}changes/put-back/")
    assert draft.features.order_by("position").first().title == first.title
    assert draft.features.order_by("position").first().credits.count() == 2
    send(manager, f"{DESK}changes/put-back/")
    assert draft.features.count() == 2


def test_changes_nobody_signed_are_signed_together(manager, draft):
    one = add_feature(draft, title="One")
    two = add_feature(draft, title="Two")
    assert "Who built these?" in manager.get(DESK).content.decode()
    html = send(manager, DESK, **{f"names-{one.pk}": "林浩、@mei; Zoe", f"names-{two.pk}": ""})
    assert one.credits.count() == 3
    assert not two.credits.exists()
    assert "Who built these?" in html


def test_a_frozen_list_says_so(manager, product):
    build = make_draft(product, version="frozen")
    feature = build.features.first()
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.freeze(build_id=build.pk, at=FREEZE)
    desk = "/studio/builds/frozen/"
    assert manager.get(f"{desk}changes/{feature.pk}/").status_code == 404
    assert "is frozen" in send(manager, f"{desk}changes/{feature.pk}/move/", by="1")
    assert "is frozen" in send(manager, f"{desk}changes/{feature.pk}/remove/")
    assert build.features.count() == 2


def test_a_list_frozen_meanwhile_takes_nothing(manager, draft, monkeypatch):
    feature = add_feature(draft, title="Unsigned")
    removed = draft.features.order_by("position").first()
    send(manager, f"{DESK}changes/{removed.pk}/remove/")
    monkeypatch.setattr("community.builds.permissions.can_still_change", lambda build: True)
    week.cancel(build_id=draft.pk, reason="Meanwhile.")
    assert "is cancelled" in send(manager, f"{DESK}changes/new/", **change("Late", "Zoe"))
    assert "is cancelled" in send(manager, DESK, **{f"names-{feature.pk}": "Zoe"})
    assert "is cancelled" in send(manager, f"{DESK}changes/put-back/")


def page(**more: object) -> dict[str, object]:
    return {
        "files-TOTAL_FORMS": 0,
        "files-INITIAL_FORMS": 0,
        "notes": "",
        "known_issues": "",
    } | more


def test_the_page_is_edited(manager, draft):
    sent = page(
        notes="Hello.",
        known_issues="NFC is slow.\n\nWidgets are cut off.",
        **{
            "files-TOTAL_FORMS": 2,
            "files-0-name": "rom.zip",
            "files-0-url": "https://example.org/rom.zip",
            "files-0-sha256": "A" * 64,
            "files-1-name": "",
        },
    )
    assert "The page is saved" in send(manager, f"{DESK}page/", **sent)
    assert draft.known_issues.count() == 2
    assert draft.files.get().sha256 == "a" * 64


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"known_issues": "x" * 301}, "at most 300 characters"),
        ({"files-0-name": "a", "files-0-url": "https://e.org", "files-0-sha256": "a"}, "64 hex"),
        (
            {"files-0-name": "a", "files-0-url": "ftp://e.org", "files-0-sha256": "a" * 64},
            "https://",
        ),
        (
            {
                f"files-{place}-{name}": value
                for place in range(2)
                for name, value in (("name", "a"), ("url", "https://e.org"), ("sha256", "a" * 64))
            },
            "same name",
        ),
    ],
)
def test_a_page_that_is_not_right_keeps_what_was_typed(manager, draft, sent, sentence):
    html = send(
        manager, f"{DESK}page/", **page(**{"files-TOTAL_FORMS": 2, "notes": "Kept."} | sent)
    )
    assert sentence in html
    assert "Kept." in html
    assert not draft.files.exists()


def test_the_rules_are_edited_one_form_at_a_time(manager, draft):
    for family in ("Orange 5", "Orange 6"):
        ProductDevice.objects.create(product=draft.product, family=family)
    rules = f"{DESK}rules/"
    send(manager, rules, form="vote", result_rule="after_close", requires_older_account="on")
    send(manager, rules, form="identity", version="7.0", channel="stable", number=9)
    send(manager, rules, form="shares", **{"share-0": "37.5", "share-1": "62.5"})
    draft.refresh_from_db()
    assert (draft.result_rule, draft.requires_older_account) == ("after_close", True)
    assert (draft.version, draft.slug, draft.number) == ("7.0", "draft", 9)
    assert [share.share for share in draft.installed_shares.order_by("family")] == [
        Decimal("0.375"),
        Decimal("0.625"),
    ]
    assert 'value="37.5"' in manager.get(rules).text
    assert "sum to 50 %" in send(manager, rules, form="shares", **{"share-0": "50"})
    assert "This field is required" in send(manager, rules, form="identity", version="")
    send(manager, rules, form="none")


def test_a_draft_is_given_its_week(manager, draft):
    soon = calendar.next_release_on(timezone.localdate() + timedelta(days=14))
    assert soon.isoformat() not in manager.get(f"{DESK}week/").content.decode()
    html = manager.get(f"{DESK}week/?release_on={soon}").content.decode()
    assert f'value="{soon}"' in html
    assert "Popcorn Award" in html
    assert "has passed" in send(manager, f"{DESK}week/", release_on="2020-01-03")
    assert "is scheduled" in send(manager, f"{DESK}week/", release_on=soon)
    draft.refresh_from_db()
    assert (draft.state, draft.release_on) == (State.SCHEDULED, soon)


def test_a_day_at_the_end_of_all_calendars_is_refused(manager, draft):
    assert "No calendar reaches" in send(manager, f"{DESK}week/", release_on="9999-12-31")


def test_a_reason_has_an_end(manager, draft):
    assert "at most 300 characters" in step(manager, draft, "cancel", reason="x" * 301)
    assert draft.state == State.DRAFT


def test_the_next_free_friday_is_offered(manager, draft):
    friday = calendar.next_release_on(timezone.localdate())
    make_build(State.SCHEDULED, draft.product)
    Build.objects.filter(state=State.SCHEDULED).update(release_on=friday)
    assert f'value="{friday + timedelta(days=7)}"' in manager.get(f"{DESK}week/").content.decode()


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-45", "9999-12-31"])
def test_a_day_that_is_none_is_no_week(manager, draft, day):
    assert manager.get(f"{DESK}week/?release_on={day}").status_code == 200


def test_a_calendar_that_makes_no_week_is_said(manager, draft):
    type(draft.product).objects.update(calendar={"publish": [9, "17:00"]})
    soon = calendar.next_release_on(timezone.localdate())
    html = send(manager, f"{DESK}week/", release_on=soon)
    assert "“ballots open” has to come after “build goes out”" in html
    type(draft.product).objects.update(calendar={"lunch": [0, "12:00"]})
    assert "no rule for “lunch”" in send(manager, f"{DESK}week/", release_on=soon)


def edges(build: Build, **moved: object) -> dict[str, str]:
    """The week as the form sends it, in the product's zone."""
    build.refresh_from_db()
    zone = schedule.ZoneInfo(build.product.time_zone)
    moments = {edge: getattr(build, edge) for edge in calendar.EDGES} | moved
    return {edge: f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" for edge, at in moments.items()}


def test_the_week_is_moved_edge_by_edge(manager, product):
    build = make_build(State.SCHEDULED, product, version="scheduled")
    move_to_the_future(build)
    build.refresh_from_db()
    address = "/studio/builds/scheduled/week/"
    later = build.reminder_at + timedelta(hours=1)
    assert "The week is moved" in send(manager, address, **edges(build, reminder_at=later))
    assert "The week is moved" not in send(manager, address, **edges(build))
    wrong = build.reminder_at + timedelta(days=30)
    assert "has to come after" in send(manager, address, **edges(build, reminder_at=wrong))
    assert "Enter a valid date" in send(manager, address, **edges(build) | {"award_at": "noon"})


def test_a_week_that_is_over_is_read_only(manager, product):
    make_build(State.CLOSED, product, version="closed")
    html = manager.get("/studio/builds/closed/week/").content.decode()
    assert "datetime-local" not in html
    assert "Popcorn Award" in html


def test_engineers_of_the_product_are_offered(manager, draft):
    make_engineer("Zoe")
    html = manager.get(f"{DESK}changes/new/").content.decode()
    assert '<option value="林浩">' in html
    assert "Zoe" not in html
