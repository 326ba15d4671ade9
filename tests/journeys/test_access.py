"""Who may open what: every address of the site, for every role; what one must not see is a 404.

The matrix is drawn from the URL resolver: an address nobody has listed here fails the test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.journeys.addresses import matrix
from tests.journeys.site import KEY, ROLES, Site, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(stage: None) -> Iterator[Site]:
    with override_settings(AWARD_SIGNING_KEY=KEY):
        yield make_site()


def sign_in(site: Site, role: str) -> Client:
    client = Client()
    if person := site.people[role]:
        client.force_login(person, backend="community.members.signed_in.Backend")
    return client


def told(client: Client, name: str, arguments: list[Any]) -> str:
    answer = client.get(reverse(name, args=arguments))
    if answer.status_code in {301, 302}:
        return "L" if "/accounts/login/" in answer.headers["Location"] else "R"
    return str(answer.status_code)


@pytest.mark.walk
@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_what_it_may(site: Site, role: str) -> None:
    client, column = sign_in(site, role), ROLES.index(role)
    expected = {name: row.split()[column] for name, (_args, row) in matrix(site).items()}
    seen = {name: told(client, name, args) for name, (args, _row) in matrix(site).items()}
    assert {n: (s, expected[n]) for n, s in seen.items() if s != expected[n]} == {}


# What only some may do, and who; everybody else is sent away without anything happening.
DEEDS = {
    "builds:take_step": ("manager", "admin"),
    "builds:new_change": ("manager", "admin"),
    "builds:remove_change": ("manager", "admin"),
    "builds:edit_week": ("manager", "admin"),
    "builds:edit_rules": ("manager", "admin"),
    "builds:product": ("manager", "admin"),
    "builds:section": ("manager", "admin"),
    "builds:unmerge": ("manager", "admin"),
    "builds:let_go": ("manager", "admin"),
    "builds:set_hidden": ("engineer", "admin"),
    "forum:moderate": ("moderator", "admin"),
    "forum:split": ("moderator", "admin"),
    "forum:lock_topic": ("moderator", "admin"),
    "forum:hide_post": ("moderator", "admin"),
    "gifts:thank": ("engineer",),
    "gifts:withdraw": ("member",),
    "gifts:set_hidden": ("admin",),
    "moderation:claim": ("moderator", "admin"),
    "moderation:settle": ("moderator", "admin"),
    "moderation:add_note": ("moderator", "admin"),
    "moderation:sanction": ("moderator", "admin"),
    "moderation:lift": ("moderator", "admin"),
    "moderation:appeal": ("member",),
    "members:remove_device": ("manager",),
    "members:revoke_token": ("manager",),
    "proposals:answer": ("manager", "admin"),
    "proposals:merge": ("manager", "admin"),
    "proposals:unmerge": ("manager", "admin"),
    "proposals:decide": ("manager", "admin"),
    "popcorn:announce": ("manager", "admin"),
    "popcorn:withhold": ("manager", "admin"),
    "popcorn:correct": ("manager", "admin"),
    "reports:mark_read": ("manager", "admin"),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_it_may(site: Site, role: str) -> None:
    client, addresses = sign_in(site, role), matrix(site)
    done = []
    for name, allowed in DEEDS.items():
        answer = client.post(reverse(name, args=addresses[name][0]))
        to_login = "/accounts/login/" in answer.headers.get("Location", "")
        if role not in allowed and answer.status_code != 404 and not to_login:
            done.append((name, answer.status_code))
    assert done == []


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            yield namespace + pattern.name


def test_every_address_is_in_the_matrix(site: Site) -> None:
    elsewhere = ("account_", "mfa_", "socialaccount_", "usersessions_", "admin:")
    known = {name for name in names(get_resolver().url_patterns) if not name.startswith(elsewhere)}
    assert known - set(matrix(site)) == set()
