"""Pages that members share: everybody reads what would be rendered for them alone."""

import re
from collections.abc import Iterator
from copy import deepcopy
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from community.members.models import Member
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from orangefriday import week
from orangefriday.templatetags import shared
from tests.journeys.site import KEY, Site, make_site

NOW = timezone.now()
READERS = ("member", "engineer", "moderator", "manager", "admin")
TOKEN = re.compile(
    r'(?<=X-CSRFToken": ")\w{64}|(?<=csrfmiddlewaretoken" value=")\w{64}'
    r'|(?<=submission_key" value=")[\w-]{36}'
)


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    settings.SHARED_FRESH_S = 3600
    shared.forget()
    week.forget()
    with time_machine.travel(timezone.now(), tick=False):
        yield
    shared.forget()


@pytest.fixture(scope="module")
def made_site(stage: None) -> Site:
    return make_site()


@pytest.fixture
def site(made_site: Site, db: None, settings: Settings) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    return deepcopy(made_site)


def pages(site: Site) -> list[str]:
    return [
        "/",
        *(f"/builds/{build.slug}/" for build in (site.published, site.closed, site.awarded)),
        f"/popcorn/{site.awarded.slug}/",
    ]


def client_of(member: Member | None) -> Client:
    assert member
    client = Client()
    client.force_login(member, backend="community.members.signed_in.Backend")
    return client


def read(member: Member | None, address: str) -> str:
    return client_of(member).get(address).text


def vote(site: Site, member: Member | None) -> None:
    assert member
    answers = Answers.parse({"mood": "happy", "loved": [], "let_down": [], "wishes": []})
    save_ballot(member_id=member.pk, build_id=site.published.pk, answers=answers)


def test_a_copy_reads_as_the_page_of_each_reader_alone(site: Site, settings: Settings) -> None:
    vote(site, site.people["engineer"])
    for address in pages(site):
        read(site.people["member"], address)
        for role in READERS:
            from_copy = read(site.people[role], address)
            settings.SHARED_FRESH_S = 0
            alone = read(site.people[role], address)
            settings.SHARED_FRESH_S = 3600
            assert TOKEN.sub("", from_copy) == TOKEN.sub("", alone), (role, address)


def test_no_token_is_kept(site: Site) -> None:
    first, second = (TOKEN.findall(read(site.people["member"], "/")) for _visit in range(2))
    assert len(first) > 0
    assert not set(first) & set(second)


def test_a_copy_costs_the_same_few_queries(site: Site) -> None:
    client = client_of(site.people["member"])
    for address in pages(site):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 6, address


def test_ones_own_change_is_on_the_next_page(site: Site) -> None:
    client = client_of(site.people["member"])
    assert "<strong>2</strong> posts" not in client.get("/").text
    client.post(f"/forum/topics/{site.topic.pk}/reply/", {"body": "Here too."})
    assert "<strong>2</strong> posts" in client.get("/").text


def test_a_place_in_a_loop_knows_what_it_is_about(rf: RequestFactory) -> None:
    class Everybody:
        audience = ()
        numbers = (1, 2)

    template = Template(
        "{% load shared %}{% shared_page %}{% for n in shared.numbers %}"
        "{{ n }}{% own number=n %}[{{ number }}{{ secret }}]{% endown %}{% endfor %}"
        "{% endshared_page %}"
    )
    request = rf.get("/loop")
    request.resolver_match = None
    told = {"request": request, "shared": Everybody(), "user": Member()}
    told |= {"LANGUAGE_CODE": "en", "TIME_ZONE": "UTC"}
    first, second = (template.render(Context(told | {"secret": s})) for s in ("a", "b"))
    assert (first, second) == ("1[1a]2[2a]", "1[1b]2[2b]")


def test_what_nobody_marked_is_missing_in_a_copy(rf: RequestFactory) -> None:
    class Everybody:
        audience = ()

    template = Template(
        "{% load shared %}{% shared_page %}{{ secret }}{% own %}[{{ secret }}]{% endown %}"
        "{% endshared_page %}"
    )
    request = rf.get("/")
    request.resolver_match = None
    told = {"request": request, "shared": Everybody(), "user": Member(), "secret": "7"}
    told |= {"LANGUAGE_CODE": "en", "TIME_ZONE": "UTC"}
    assert template.render(Context(told)) == "[7]"
    assert (
        template.render(Context(told | {"frame": SimpleNamespace(can_open_studio=True)})) == "7[7]"
    )


def test_a_copy_links_the_other_pages_of_what_it_shows(rf: RequestFactory) -> None:
    class Everybody:
        audience = ()

    template = Template(
        "{% load shared %}{% shared_page %}{% querystring page=2 %}{% endshared_page %}"
    )
    request = rf.get("/", {"sort": "joy"})
    request.resolver_match = None
    told = {"request": request, "shared": Everybody(), "user": Member()}
    told |= {"LANGUAGE_CODE": "en", "TIME_ZONE": "UTC"}
    assert template.render(Context(told)) == "?sort=joy&amp;page=2"


def test_a_copy_is_rendered_anew_when_it_is_old(site: Site, settings: Settings) -> None:
    client = client_of(site.people["member"])
    client.get("/")
    site.topic.title = "It hangs no more"
    site.topic.save(update_fields=["title"])
    assert "no more" not in client.get("/").text
    settings.SHARED_FRESH_S = 1e-9
    assert "no more" in client.get("/").text


def test_no_more_copies_are_kept_than_fit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MOST_PAGES", 2)
    client = client_of(site.people["member"])
    for address in pages(site):
        client.get(address)
    assert len(shared._pages) == 2


def test_an_old_copy_is_shown_while_it_is_rendered_anew(site: Site, settings: Settings) -> None:
    client = client_of(site.people["member"])
    client.get("/")
    [copy] = shared._pages.values()
    site.topic.title = "It hangs no more"
    site.topic.save(update_fields=["title"])
    settings.SHARED_FRESH_S = 1e-9
    with copy.renewal:  # as another thread does
        assert "no more" not in client.get("/").text
        copy.rendered_at -= shared.STALE_S
        assert "no more" in client.get("/").text


def test_an_award_is_looked_up_once_for_all(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches["moments"], "default_timeout", 3600)
    client, address = client_of(site.people["member"]), f"/popcorn/{site.awarded.slug}/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert not any("popcorn_award" in query["sql"] for query in queries)
    caches["moments"].clear()
