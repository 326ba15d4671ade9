"""The ballot over the API: on both roads the same answers, and what is said when it is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as project
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from community.builds.models import Build
from community.members.domain.tokens import create_token
from community.members.models import ApiToken, Member
from feedback.fourgrid.models import Ballot, BallotDraft
from feedback.fourgrid.representation import replaces

LANE = "feedback.fourgrid.middleware.BallotLane"
JSON = "application/json"
DAY = timedelta(days=1)
Body = dict[str, Any]


@pytest.fixture
def client(member: Member) -> Client:
    client = Client()
    sign_in(client, member)
    return client


def sign_in(client: Client, member: Member) -> None:
    """As allauth does it, without the form: a session, and whose it is."""
    client.force_login(member)
    key = client.session.session_key
    UserSession.objects.create(user=member, session_key=key, ip="127.0.0.1")


@pytest.fixture
def body(features: list[int], wishes: list[int]) -> Body:
    return {
        "mood": "in_love",
        "loved": features[:2],
        "let_down": features[2:3],
        "wishes": wishes[:1],
        "comments": {"loved": "终于不用自己改文件名了！"},
    }


def address(build: Build) -> str:
    return f"/api/v1/builds/{build.slug}/ballot"


def put(client: Client, build: Build, body: Any, **headers: str) -> Any:
    return client.put(address(build), body, content_type=JSON, headers=headers)


def took_the_lane(response: Any) -> bool:
    # The whole of it: the site's own is longer, and in another order in each process.
    return bool(response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")


def test_a_ballot_is_saved_and_read_back(client: Client, build: Build, body: Body) -> None:
    saved = put(client, build, body)
    assert saved.status_code == 200
    assert took_the_lane(saved)
    assert saved.json() == body | {
        "build": build.version,
        "revision": 1,
        "saved_at": Ballot.objects.get().saved_at.isoformat(),
        "receipt": bytes(Ballot.objects.get().receipt).hex(),
    }
    read = client.get(address(build))
    assert (read.json(), read["ETag"]) == (saved.json(), saved["ETag"])
    assert read["Cache-Control"] == saved["Cache-Control"] == "no-store"


def test_both_roads_answer_alike(client: Client, build: Build, body: Body, settings: Any) -> None:
    short = put(client, build, body)
    settings.MIDDLEWARE = [name for name in project.MIDDLEWARE if name != LANE]
    other = Client()
    other.cookies = client.cookies
    main = put(other, build, body)
    assert not took_the_lane(main)
    assert main.content == short.content
    kept = ("Content-Type", "ETag", "Cache-Control", "X-Frame-Options", "X-Content-Type-Options")
    assert [main[name] for name in kept] == [short[name] for name in kept]


def test_the_short_road_needs_two_statements_and_no_other_query(
    client: Client, build: Build, body: Body, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(0):  # Django's own; the two are prepared
        assert took_the_lane(put(client, build, body))


def test_what_was_sent_twice_is_answered_alike(client: Client, build: Build, body: Body) -> None:
    assert put(client, build, body).content == put(client, build, body).content


def test_a_ballot_that_is_none_is_answered_cell_by_cell(client: Client, build: Build) -> None:
    response = put(client, build, {"mood": "happy", "loved": [1, 1], "let_down": []})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["errors"] == {
        "loved": ["1 stands twice in cell 2."],
        "wishes": ["Cell 4 is not answered: choose up to 3, or say “none”."],
    }


@pytest.mark.parametrize(
    "sent",
    ["{", "[" * 50_000, '"happy"', "[1]", "NaN", "", "1" * 5000],
    ids=["open", "deep", "text", "list", "not a number", "empty", "long number"],
)
def test_what_is_not_a_ballot_is_refused(sent: str, client: Client, build: Build) -> None:
    response = put(client, build, sent)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_form_is_not_json(client: Client, build: Build) -> None:
    response = client.put(address(build), "mood=happy", content_type="text/plain")
    assert response.status_code == 415


def test_nothing_is_larger_than_the_largest_ballot(client: Client, build: Build) -> None:
    response = put(client, build, {"comments": {"mood": "x" * 200_000}})
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_a_foreign_feature_is_named(client: Client, build: Build, body: Body) -> None:
    response = put(client, build, body | {"let_down": [99_999_999]})
    assert response.status_code == 400
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "code": "foreign_feature",
        "detail": f"Feature 99999999 is not in build {build.version}.",
        "ids": [99_999_999],
    }


def test_a_late_ballot_hears_when_it_closed(client: Client, build: Build, body: Body) -> None:
    closed_at = timezone.now()
    Build.objects.filter(pk=build.pk).update(ballots_close_at=closed_at)
    response = put(client, build, body)
    assert (response.status_code, response.json()["code"]) == (409, "closed")
    assert response.json()["moment"] == closed_at.isoformat()


def test_refusals_speak_the_readers_language(client: Client, build: Build, body: Body) -> None:
    Build.objects.filter(pk=build.pk).update(ballots_close_at=timezone.now())
    detail = put(client, build, body, accept_language="zh-hans").json()["detail"]
    assert "投票" in detail or "已" in detail


def test_who_may_not_vote_hears_why(
    make_member: Callable[..., Member], build: Build, body: Body
) -> None:
    client = Client()
    sign_in(client, make_member(verified=False))
    response = put(client, build, body)
    assert (response.status_code, response.json()["code"]) == (403, "unverified_address")


def test_strangers_are_asked_who_they_are(build: Build, body: Body, db: None) -> None:
    for response in (put(Client(), build, body), Client().get(address(build))):
        assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_build_that_is_not_out_is_unknown(
    client: Client, make_build: Callable[..., Build], body: Body
) -> None:
    build = make_build(state=Build.State.SCHEDULED, published_at=None)
    assert put(client, build, body).status_code == 404
    assert client.get(address(build)).json()["code"] == "unknown_build"


def test_no_ballot_yet_is_said(client: Client, build: Build) -> None:
    response = client.get(address(build))
    assert (response.status_code, response.json()["code"]) == (404, "no_ballot")


def test_nobody_reads_anothers_ballot(
    client: Client, make_member: Callable[..., Member], build: Build, body: Body
) -> None:
    put(client, build, body)
    other = Client()
    sign_in(other, make_member())
    assert other.get(address(build)).status_code == 404


def test_a_ballot_needs_the_csrf_token(member: Member, build: Build, body: Body) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, member)
    assert put(client, build, body).status_code == 403
    client.cookies["csrftoken"] = "a" * 32
    assert put(client, build, body).status_code == 403
    assert put(client, build, body, x_csrftoken="b" * 32).status_code == 403
    assert not Ballot.objects.exists()
    response = put(client, build, body, x_csrftoken="a" * 32)
    assert response.status_code == 200
    assert took_the_lane(response)


def test_a_session_ends_with_its_password(
    client: Client, member: Member, build: Build, body: Body
) -> None:
    member.password = make_password("another one")
    member.save()
    assert put(client, build, body).status_code == 401


def test_who_signs_in_by_the_form_takes_the_short_road(
    member: Member, build: Build, body: Body
) -> None:
    member.set_password("a long and quiet evening")
    member.save()
    client = Client()
    form = {"login": member.username, "password": "a long and quiet evening"}
    assert client.post("/accounts/login/", form).status_code == 302
    assert took_the_lane(put(client, build, body))


def test_a_session_that_is_over_is_none(client: Client, build: Build, body: Body) -> None:
    Session.objects.update(expire_date=timezone.now() - DAY)
    assert not took_the_lane(put(client, build, body))


def test_a_session_of_another_member_is_not_trusted(
    client: Client, make_member: Callable[..., Member], build: Build, body: Body
) -> None:
    UserSession.objects.update(user=make_member())
    assert not took_the_lane(put(client, build, body))
    assert Ballot.objects.get().member_id == int(client.session["_auth_user_id"])


def test_staff_take_the_main_road(
    make_member: Callable[..., Member], build: Build, body: Body
) -> None:
    client = Client()
    sign_in(client, make_member(is_staff=True))
    response = put(client, build, body)
    assert response.status_code == 200
    assert not took_the_lane(response)


def token(member: Member, *scopes: str) -> str:
    now = timezone.now()
    return create_token(member=member, name="app", scopes=scopes, expires_at=now + DAY, at=now)[1]


def test_an_app_votes_with_a_token(member: Member, build: Build, body: Body) -> None:
    key = token(member, ApiToken.Scope.BALLOTS)
    client = Client(enforce_csrf_checks=True)
    response = put(client, build, body, authorization=f"Bearer {key}")
    assert response.status_code == 200
    assert took_the_lane(response)
    read = client.get(address(build), headers={"authorization": f"bearer {key}"})
    assert read.json() == response.json()
    assert ApiToken.objects.get().last_used_on == timezone.now().date()


def test_a_token_used_today_is_not_noted_again(member: Member, build: Build, body: Body) -> None:
    key = token(member, ApiToken.Scope.BALLOTS)
    for _ in range(2):
        assert took_the_lane(put(Client(), build, body, authorization=f"Bearer {key}"))


def test_a_token_needs_its_scope(member: Member, build: Build, body: Body) -> None:
    key = token(member, ApiToken.Scope.READ)
    assert put(Client(), build, body, authorization=f"Bearer {key}").status_code == 403


@pytest.mark.parametrize("authorization", ["Bearer of_unknown", "Basic bWU6bWU=", "Bearer \0"])
def test_another_key_opens_nothing(
    authorization: str, member: Member, build: Build, body: Body
) -> None:
    response = put(Client(), build, body, authorization=authorization)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_newer_ballot_is_not_overwritten(client: Client, build: Build, body: Body) -> None:
    assert put(client, build, body, if_none_match="*").status_code == 200
    tag = put(client, build, body | {"mood": "sad"}, if_match='"1"')["ETag"]
    assert tag == '"2"'
    response = put(client, build, body | {"mood": "happy"}, if_match='"1"')
    assert (response.status_code, response.json()["code"]) == (412, "changed_elsewhere")
    assert put(client, build, body | {"mood": "happy"}, if_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("header", "value", "revision"),
    [
        ("if_match", "*", None),
        ("if_match", 'W/"12"', 12),
        ("if_match", '"twelve"', -1),
        ("if_match", '"9999999999"', -1),
        ("if_none_match", "*", 0),
        ("accept", JSON, None),
    ],
)
def test_a_writer_says_what_they_have_seen(
    header: str, value: str, revision: int | None, rf: Any
) -> None:
    assert replaces(rf.put("/", headers={header: value})) == revision


def test_a_draft_is_kept_and_thrown_away(client: Client, build: Build) -> None:
    response = client.put(f"{address(build)}/draft", {"mood": "sad"}, content_type=JSON)
    assert response.status_code == 204
    assert BallotDraft.objects.get().content == {"mood": "sad"}
    assert client.delete(f"{address(build)}/draft").status_code == 204
    assert not BallotDraft.objects.exists()


def test_a_draft_of_a_closed_build_is_refused(client: Client, build: Build) -> None:
    Build.objects.filter(pk=build.pk).update(ballots_close_at=timezone.now())
    response = client.put(f"{address(build)}/draft", {"mood": "sad"}, content_type=JSON)
    assert (response.status_code, response.json()["code"]) == (409, "closed")
