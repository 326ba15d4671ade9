"""Who may open what: every address of the site, for every role; what one must not see is a 404.

The matrix is drawn from the URL resolver: an address nobody has listed here fails the test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.journeys.site import KEY, ROLES, Site, make_site

pytestmark = pytest.mark.django_db

# A status for each role, in this order: anonymous, member, engineer, moderator, a manager of
# another product, manager, admin. "L" is a redirect to the login page, "R" another redirect.
PUBLIC = "200 200 200 200 200 200 200"
MEMBERS = "L 200 200 200 200 200 200"
STUDIO = "L 404 404 404 200 200 200"
OWN_STUDIO = "L 404 404 404 404 200 200"
HIDDEN_STUDIO = "404 404 404 404 404 200 200"
ADMINS = "L 404 404 404 404 404 200"
POST_ONLY = "405 405 405 405 405 405 405"
POST_SIGNED_IN = "L 405 405 405 405 405 405"
ONE_OWN = "L 404 404 404 404 405 404"


def matrix(site: Site) -> dict[str, tuple[list[Any], str]]:
    """Address by name: what it is filled with, and the statuses of a GET."""
    awarded, draft = site.awarded.slug, site.draft.slug
    topic, post = site.topic.pk, site.post.pk
    engineer, change = site.engineer.slug, site.draft.features.order_by("pk")[0].pk
    return {
        "home": ([], PUBLIC),
        "healthz": ([], PUBLIC),
        "readyz": ([], PUBLIC),
        "choose_language": ([], POST_ONLY),
        "choose_scheme": ([], POST_ONLY),
        "design": ([], "404 404 404 404 404 404 404"),
        "members:profile": (["member-person"], PUBLIC),
        "members:settings": ([], MEMBERS),
        "members:preferences": ([], MEMBERS),
        "members:devices": ([], MEMBERS),
        "members:tokens": ([], MEMBERS),
        "forum:board_list": ([], PUBLIC),
        "forum:board": (["bugs"], PUBLIC),
        "forum:new_topic": (["bugs"], MEMBERS),
        "forum:topic": ([topic], PUBLIC),
        "forum:post": ([post], "R R R R R R R"),
        "builds:archive": ([], PUBLIC),
        "builds:detail": ([draft], HIDDEN_STUDIO),
        "builds:engineer_list": ([], PUBLIC),
        "builds:engineer": ([site.engineer.slug], PUBLIC),
        "builds:studio": ([], STUDIO),
        "builds:new_draft": ([], STUDIO),
        "builds:import": ([], STUDIO),
        "builds:curate": ([], STUDIO),
        "builds:product": ([site.product.slug], OWN_STUDIO),
        "builds:change_list": ([draft], OWN_STUDIO),
        "builds:edit_page": ([draft], OWN_STUDIO),
        "builds:edit_rules": ([draft], OWN_STUDIO),
        "proposals:list": ([], PUBLIC),
        "proposals:detail": ([site.proposal.pk], PUBLIC),
        "proposals:create": ([], STUDIO),
        "proposals:edit": ([site.proposal.pk], OWN_STUDIO),
        "reports:list": ([], STUDIO),
        "reports:detail": ([awarded], OWN_STUDIO),
        "reports:ballots": ([awarded], OWN_STUDIO),
        "reports:features_csv": ([awarded], OWN_STUDIO),
        "reports:ballots_csv": ([awarded], OWN_STUDIO),
        "reports:report_json": ([awarded], OWN_STUDIO),
        "popcorn:podium": ([], PUBLIC),
        "popcorn:ranking": ([], PUBLIC),
        "popcorn:award": ([awarded], PUBLIC),
        "popcorn:revision": ([awarded, 1], PUBLIC),
        "popcorn:receipt": ([awarded, 1], PUBLIC),
        "popcorn:announce": ([awarded], POST_SIGNED_IN),
        "popcorn:withhold": ([awarded], POST_SIGNED_IN),
        "popcorn:correct": ([awarded], POST_SIGNED_IN),
        "popcorn:hide_quote": ([awarded, 1], POST_SIGNED_IN),
        "popcorn:discounts": ([awarded], OWN_STUDIO),
        "popcorn:ask_override": ([awarded], POST_SIGNED_IN),
        "popcorn:confirm_override": ([awarded, 1], POST_SIGNED_IN),
        "api_schema": ([], PUBLIC),
        "api_docs": ([], PUBLIC),
        "api_build_list": ([], PUBLIC),
        "api_build": ([draft], HIDDEN_STUDIO),
        "api_proposal_list": ([], PUBLIC),
        "api_report": ([awarded], "401 404 404 404 404 200 200"),
        "fourgrid:ballot": ([site.published.slug], PUBLIC),
        "builds:download_code": ([awarded, 1], "404 404 404 404 404 404 404"),
        "builds:claim": (["mei"], MEMBERS),
        "builds:thank": ([engineer], POST_SIGNED_IN),
        "builds:set_hidden": ([engineer], POST_SIGNED_IN),
        "builds:engineer_edit": ([engineer], "L 404 200 404 404 404 200"),
        "builds:unmerge": ([engineer], POST_SIGNED_IN),
        "builds:let_go": ([engineer], POST_SIGNED_IN),
        "builds:decide_claim": ([1], POST_SIGNED_IN),
        "builds:edit_week": ([draft], OWN_STUDIO),
        "builds:take_step": ([draft, "cancel"], POST_SIGNED_IN),
        "builds:new_change": ([draft], OWN_STUDIO),
        "builds:put_change_back": ([draft], POST_SIGNED_IN),
        "builds:edit_change": ([draft, change], OWN_STUDIO),
        "builds:move_change": ([draft, change], POST_SIGNED_IN),
        "builds:remove_change": ([draft, change], POST_SIGNED_IN),
        "members:make_device_main": ([site.device.pk], POST_SIGNED_IN),
        "members:remove_device": ([site.device.pk], POST_SIGNED_IN),
        "members:revoke_token": ([site.token.pk], POST_SIGNED_IN),
        "forum:reply": ([topic], POST_SIGNED_IN),
        "forum:lock_topic": ([topic], POST_SIGNED_IN),
        "forum:unlock_topic": ([topic], POST_SIGNED_IN),
        # A day after it was written nobody edits a post any more.
        "forum:edit_post": ([post], "L 404 404 404 404 404 404"),
        "forum:hide_post": ([post], POST_SIGNED_IN),
        "forum:show_post": ([post], POST_SIGNED_IN),
        "proposals:answer": ([site.proposal.pk], OWN_STUDIO),
        "reports:area": (["Phone"], "L 404 404 404 404 404 404"),
        "reports:mark_read": ([awarded], POST_SIGNED_IN),
        "reports:compare": ([awarded, site.published.slug], "L 404 404 404 404 404 404"),
        "api_ballot": ([site.published.slug], "401 404 404 404 404 404 404"),
        "api_ballot_draft": ([site.published.slug], "401 405 405 405 405 405 405"),
        "api_installs": ([site.published.slug], POST_ONLY),
        "api_award": ([awarded], PUBLIC),
        "api_award_bundle": ([awarded], PUBLIC),
        "api_award_receipt": ([awarded, "ab" * 32], "404 404 404 404 404 404 404"),
    }


@pytest.fixture
def site(settings: Any) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    return make_site()


def sign_in(site: Site, role: str) -> Client:
    client = Client()
    if person := site.people[role]:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def told(client: Client, name: str, arguments: list[Any]) -> str:
    answer = client.get(reverse(name, args=arguments))
    if answer.status_code in {301, 302}:
        return "L" if "/accounts/login/" in answer.headers["Location"] else "R"
    return str(answer.status_code)


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
    "builds:unmerge": ("manager", "admin"),
    "builds:let_go": ("manager", "admin"),
    "builds:set_hidden": ("engineer", "admin"),
    "forum:lock_topic": ("moderator", "admin"),
    "forum:hide_post": ("moderator", "admin"),
    "members:remove_device": ("manager",),
    "members:revoke_token": ("manager",),
    "proposals:answer": ("manager", "admin"),
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
