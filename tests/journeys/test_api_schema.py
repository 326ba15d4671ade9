"""The API is what its OpenAPI description says, whatever is sent and whoever sends it."""

from base64 import b64encode
from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)

from community.builds.domain import week
from community.builds.domain.calendar import next_release_on
from community.builds.models import Build
from community.members.domain.tokens import create_token
from community.members.models import ApiToken
from tests.community.builds.making import DAY, make_draft
from tests.journeys.site import Site, make_site

pytestmark = pytest.mark.walk

ROLES = ("anonymous", "member", "admin")
FEW = hypothesis.settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
Sender = dict[str, dict[str, str]]


@pytest.fixture(autouse=True, scope="module")
def _keep_connection() -> Iterator[None]:
    """A request to the real application must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def site(stage: None) -> Site:
    return make_site()


@pytest.fixture(scope="module")
def open_build(site: Site) -> Build:
    now = timezone.now()
    build = make_draft(site.product, version="5")
    week.schedule(build_id=build.pk, release_on=next_release_on(now.date()), at=now)
    week.publish(build_id=build.pk, at=now, is_early=True)
    return build


@pytest.fixture(scope="module")
def api(_keep_connection: None, stage: None) -> BaseSchema:
    return schemathesis.openapi.from_wsgi(
        reverse("api_schema") + "?format=json", get_wsgi_application()
    )


def test_the_description_needs_no_guesses() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", file="/dev/null")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_holds_whatever_is_sent(
    role: str, site: Site, open_build: Build, api: BaseSchema, subtests: pytest.Subtests
) -> None:
    sender = _sender(site, role)
    slugs = [build.slug for build in (site.awarded, site.closed, site.draft, open_build)]
    bodies = _bodies(site, open_build)
    for number, result in enumerate(api.get_all_operations()):
        operation = result.ok()
        with subtests.test(operation.label):
            of_build = any(parameter.name == "version" for parameter in operation.path_parameters)
            paths = [_path(operation, slug, site) for slug in (slugs if of_build else slugs[:1])]
            for path in paths:
                _send(_case(operation, path, bodies), sender)
            if ROLES[number % len(ROLES)] == role:  # in turn, as there are many operations
                _send_anything(operation, paths, sender)


def _send(case: Case, sender: Sender) -> None:
    # A valid request may be refused: such a feature is not there, or a signature is wrong.
    excluded = [positive_data_acceptance]
    if case.method == "GET":
        # What a query asks for may be nonsense: then it finds nothing, or is left out.
        excluded.append(negative_data_rejection)
    if "cookies" in sender:
        # Taken for cookies that were made up, which ought to be refused.
        excluded.append(ignored_auth)
    case.call_and_validate(**sender, excluded_checks=excluded)


def _case(operation: APIOperation, path: dict[str, str], bodies: dict[str, object]) -> Case:
    """What a client would send about a build."""
    body = {"body": bodies[operation.label]} if operation.label in bodies else {}
    return operation.Case(path_parameters=path, **body)


def _path(operation: APIOperation, slug: str, site: Site) -> dict[str, str]:
    """What is there: a build, the topic, its post."""
    names = {parameter.name for parameter in operation.path_parameters}
    known = {"version": slug, "receipt": "0" * 64, "username": "engineer-person"}
    known |= {"slug": "bugs", "place": "new:chat", "name": "topic"}
    if "/topics/" in operation.path:
        known["id"] = str(site.topic.pk)
    if "/posts/" in operation.path:
        known |= {"id": str(site.post.pk), "kind": "thanks"}
    if "/cases/" in operation.path:
        known["id"] = str(site.case.pk)
    if "/sanctions/" in operation.path or "/standing/" in operation.path:
        known["id"] = str(site.sanction.pk)
    return {name: known.get(name, "1") for name in names}


def _send_anything(operation: APIOperation, paths: list[dict[str, str]], sender: Sender) -> None:
    """Right and wrong requests, about what is there and what is not."""
    strategies = [operation.as_strategy(mode) for mode in GenerationMode]
    if operation.path_parameters:
        strategies += [
            operation.as_strategy(mode, path_parameters=path)
            for mode in GenerationMode
            for path in paths
        ]

    @FEW
    @given(case=st.one_of(strategies))
    def send(case: Case) -> None:
        _send(case, sender)

    send()


def _bodies(site: Site, open_build: Build) -> dict[str, object]:
    loved, let_down = open_build.features.values_list("pk", flat=True)
    return {
        "PUT /api/v1/builds/{version}/ballot": {
            "mood": "happy",
            "loved": [loved],
            "let_down": [let_down],
            "wishes": [site.proposal.pk],
        },
        "PUT /api/v1/builds/{version}/ballot/draft": {"mood": "sad"},
        "POST /api/v1/builds/{version}/installs": {
            "device": b64encode(b"k" * 32).decode(),
            "installed_at": timezone.now().isoformat(),
            "signature": b64encode(b"s" * 64).decode(),
        },
        "POST /api/v1/boards/{slug}/topics/": {"title": "It hangs", "body": "Often."},
        "POST /api/v1/topics/{id}/posts/": {"body": "Here too."},
        "PUT /api/v1/posts/{id}/bookmark/": {"note": "Again"},
        "POST /api/v1/moderation/cases/{id}/settlement/": {"outcome": "kept"},
        "POST /api/v1/moderation/members/{username}/notes/": {"words": "Mind them."},
        "POST /api/v1/moderation/members/{username}/sanctions/": {
            "step": "warning",
            "reason": "Mind it.",
        },
        "POST /api/v1/moderation/words/trial/": {"text": "Often."},
        "POST /api/v1/standing/{id}/appeal/": {"appeal": "It was not me."},
        "POST /api/v1/builds/": {
            "product": site.product.slug,
            "version": "6",
            "changelog": "- Louder (Mei)\n",
        },
    }


def _sender(site: Site, role: str) -> Sender:
    """Headers and cookies: members come with their session, admins with a token."""
    member = site.people[role]
    if member is None:
        return {}
    if role == "member":
        client, csrf = Client(), "0" * 32
        client.force_login(member)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: csrf}
        return {"headers": {"X-CSRFToken": csrf}, "cookies": cookies}
    now = timezone.now()
    _token, key = create_token(
        member=member, name="CI", scopes=ApiToken.Scope.values, expires_at=now + DAY, at=now
    )
    return {"headers": {"Authorization": f"Bearer {key}"}}
