"""Reading builds and drafting them through the API."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.builds.domain import engineers, week
from community.builds.models import Build, Feature, Submission
from community.members.domain.tokens import create_token
from community.members.models import Member
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
LIST = "/api/v1/builds/"


@pytest.fixture
def manager() -> Client:
    member = make_member("manager")
    make_product("phone", managers=(member,))
    client = Client()
    client.force_login(member)
    return client


def read(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.json()


def post(client: Client, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    sent = {"product": "phone", "version": "6.11.20"} | body
    return client.post(LIST, json.dumps(sent), content_type="application/json", headers=headers)


def test_a_list_holds_what_went_out():
    make_draft()
    build = make_build(version="6.11.20", product=make_product("phone"))
    (listed,) = read(Client(), LIST)["results"]
    assert listed == {
        "slug": "6.11.20",
        "version": "6.11.20",
        "product": "phone",
        "number": build.number,
        "channel": "weekly",
        "state": "published",
        "release_on": "2026-11-20",
        "published_at": "2026-11-20T17:00:00+08:00",
        "ballots_open_at": "2026-11-20T17:00:00+08:00",
        "ballots_close_at": "2026-11-25T00:00:00+08:00",
        "award_at": "2026-11-25T10:00:00+08:00",
        "url": "http://testserver/builds/6.11.20/",
    }


@pytest.mark.parametrize(
    ("query", "versions"),
    [
        ("product=phone", ["a"]),
        ("channel=daily", ["b"]),
        ("state=closed", ["b"]),
        ("area=Clock", ["a"]),
        ("area=Clock&state=closed", []),
    ],
)
def test_a_list_is_filtered(query, versions):
    draft = make_draft(make_product("phone"), version="a")
    add_feature(draft, "Zoe", area="Clock")
    week.schedule(build_id=draft.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=draft.pk, at=FREEZE, is_early=True)
    make_build(State.CLOSED, version="b", channel="daily")
    listed = read(Client(), f"{LIST}?{query}")["results"]
    assert [build["version"] for build in listed] == versions


def test_a_list_is_read_page_by_page():
    product = make_product()
    for channel in ("weekly", "daily", "stable"):
        make_build(product=product, channel=channel)
    page = read(Client(), f"{LIST}?page_size=2")
    rest = read(Client(), page["next"])
    assert [len(page["results"]), len(rest["results"])] == [2, 1]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["zzz", "cD1hYmM=", "cD0="])
def test_a_cursor_nobody_gave_out_leads_nowhere(cursor):
    assert Client().get(LIST, {"cursor": cursor}).status_code == 404


@pytest.mark.parametrize("address", [LIST, f"{LIST}first/"])
def test_more_rows_do_not_mean_more_queries(address):
    first = make_draft(version="first", changes=1)
    week.schedule(build_id=first.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=first.pk, at=FREEZE, is_early=True)
    with CaptureQueriesContext(connection) as few:
        read(Client(), address)
    for _more in range(2):
        make_build(changes=3)
    with CaptureQueriesContext(connection) as many:
        read(Client(), address)
    assert len(many) == len(few)


def test_drafts_are_there_for_their_managers_only(manager):
    post(manager)
    assert len(read(manager, LIST)["results"]) == 1
    assert read(manager, f"{LIST}6.11.20/")["state"] == "draft"
    stranger = Client()
    stranger.force_login(make_member())
    for client in (Client(), stranger):
        assert client.get(f"{LIST}6.11.20/").status_code == 404


def test_one_build_shows_its_changes_and_who_built_them():
    build = make_draft(version="6.11.20", changes=0)
    add_feature(build, "林浩", "Mei", title="Dual clock", area="Clock", kind="fix", body="Two.")
    engineers.hide(engineer=make_engineer("Mei"))
    engineers.merge(engineer=make_engineer("林浩"), into=make_engineer("Lin"))
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.publish(build_id=build.pk, at=FREEZE, is_early=True)
    shown = read(Client(), f"{LIST}6.11.20/")
    (feature,) = shown["features"]
    assert feature | {"id": 0} == {
        "id": 0,
        "position": 1,
        "title": "Dual clock",
        "area": "Clock",
        "kind": "fix",
        "body": "Two.",
        "references": [],
        "topic": None,
        "credits": [
            {"name": "林浩", "engineer": "lin", "share": "0.5000"},
            {"name": "Mei", "engineer": None, "share": "0.5000"},
        ],
    }
    assert (shown["notes"], shown["files"], shown["known_issues"]) == ("", [], [])


def test_a_change_names_its_topic_unless_it_is_hidden():
    build = make_build(version="6.11.20")
    Feature.objects.filter(build=build).update(topic=build.topic)
    address = f"/forum/topics/{build.topic_id}/"
    assert read(Client(), f"{LIST}6.11.20/")["features"][0]["topic"] == address
    type(build.topic).objects.update(hidden_at=FREEZE)
    assert read(Client(), f"{LIST}6.11.20/")["features"][0]["topic"] is None


def test_everybody_reads_why_a_build_was_recalled_nobody_why_it_was_held(manager):
    make_build(State.RECALLED, version="recalled")
    assert read(Client(), f"{LIST}recalled/")["state_reason"] == "It does not start."
    post(manager)
    week.cancel(build_id=Build.objects.get(version="6.11.20").pk, reason="Secret.")
    assert read(manager, f"{LIST}6.11.20/")["state_reason"] == ""


def test_answers_carry_an_etag():
    make_build(version="6.11.20")
    for address in (LIST, f"{LIST}6.11.20/"):
        first = Client().get(address)
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert {"Authorization", "Cookie"} <= {part.strip() for part in first["Vary"].split(",")}


def test_ci_drafts_a_build_once(manager):
    sent = {
        "notes": "Hello.",
        "features": [
            {
                "title": "Dual clock",
                "area": "Clock",
                "kind": "fix",
                "references": ["#7"],
                "credits": [{"name": "林浩", "share": "0.7"}, {"handle": "@mei", "share": "0.3"}],
            },
            {"title": "Nobody named"},
        ],
    }
    first, again = post(manager, **sent), post(manager, **sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    build = Build.objects.get()
    assert (build.state, build.notes, build.number) == (State.DRAFT, "Hello.", 1)
    assert build.created_by.username == "manager"
    shares = [credit["share"] for credit in first.json()["features"][0]["credits"]]
    assert shares == ["0.7000", "0.3000"]


def test_ci_may_send_release_notes(manager):
    response = post(manager, changelog="## 6.11.20\n\n- Dual clock (@zoe - #7)\n")
    assert response.status_code == 201
    assert response.json()["features"][0]["credits"][0]["name"] == "zoe"


def test_the_version_of_a_tag_is_that_of_the_notes(manager):
    notes = "## 6.11.20\n\n- Dual clock (@zoe - #7)\n"
    assert post(manager, changelog=notes, version="v6.11.20").json()["version"] == "6.11.20"


def test_bots_build_nothing(manager):
    people = [{"name": "dependabot[bot]"}, {"handle": "@renovate"}, {"name": "Zoe"}]
    (feature,) = post(manager, features=[{"title": "A", "credits": people}]).json()["features"]
    assert [(credit["name"], credit["share"]) for credit in feature["credits"]] == [
        ("Zoe", "1.0000")
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"version": "/"}, "version"),
        ({"product": "pad"}, "product"),
        ({"product": "\0"}, "product"),
        ({"product": "other"}, "product"),
        ({"channel": "hourly"}, "channel"),
        ({"changelog": "nothing here"}, "changelog"),
        ({"changelog": ""}, "changelog"),
        ({"features": [{"title": "A", "credits": [{"name": "Z", "handle": "z"}]}]}, "features"),
        ({"features": [{"title": "A", "credits": [{"name": "Z", "share": "0.5"}]}]}, "share"),
    ],
)
def test_a_build_that_makes_no_sense_is_refused_whole(manager, body, field):
    make_product("other")
    response = post(manager, **body)
    assert response.status_code == 400
    assert field in response.json()["errors"]
    assert not Build.objects.exists()


def test_notes_of_another_version_are_refused(manager):
    response = post(manager, changelog="## 7.0\n\n- Dual clock (@zoe - #7)\n")
    assert response.status_code == 400
    assert response.json()["code"] == "no_such_section"


def test_a_list_that_stands_takes_nothing_new(manager):
    post(manager, features=[{"title": "A", "credits": [{"name": "Z"}]}])
    build = Build.objects.get()
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    week.freeze(build_id=build.pk, at=FREEZE)
    assert post(manager, features=[{"title": "A"}]).status_code == 200
    response = post(manager, features=[{"title": "B"}])
    assert (response.status_code, response.json()["code"]) == (409, "change_list_frozen")


def test_a_key_stands_for_one_build(manager):
    first = post(manager, key="run-7")
    again = post(manager, key="run-7")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = post(manager, key="run-7", version="6.11.27")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert str(Submission.objects.get()) == "run-7"
    assert post(manager, key="k" * 81).status_code == 400


def test_only_managers_draft(manager):
    stranger = Client()
    stranger.force_login(make_member())
    assert post(stranger).status_code == 400
    assert post(Client()).status_code in {401, 403}
    assert not Build.objects.exists()


@pytest.mark.parametrize(("scope", "code"), [("builds", 201), ("read", 403)])
def test_a_token_drafts_within_its_scope(manager, scope, code):
    now = timezone.now()
    _token, key = create_token(
        member=Member.objects.get(username="manager"),
        name="CI",
        scopes=[scope],
        at=now,
        expires_at=now + timedelta(days=1),
    )
    response = Client().post(
        LIST,
        json.dumps({"product": "phone", "version": "6.11.20"}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert response.status_code == code
