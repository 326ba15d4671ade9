"""What machines read: maps, feeds, canonical addresses, cards, whom to tell of a weakness."""

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from community.forum.models import Board, Topic
from orangefriday import machines
from tests.community.builds.making import FRIDAY, State, make_build
from tests.community.forum.api.making import a_topic
from tests.community.members.making import queries_for, signed_in
from tests.journeys.site import KEY, Site, make_site

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(settings: Any) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    return make_site()


def locations(address: str) -> list[str]:
    document = ET.fromstring(Client().get(address).content)
    return [element.text or "" for element in document.iter() if element.tag.endswith("}loc")]


def test_the_map_names_what_everybody_may_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = Board.objects.create(slug="s", stage="chat", name="S", name_zh="S", readers="staff")
    hidden = Topic.objects.create(
        board=staff,
        title="Plans",
        created_at=site.topic.created_at,
        last_post_at=site.topic.created_at,
    )
    named = [path for part in locations("/sitemap.xml") for path in locations(part)]
    paths = {path.removeprefix("http://testserver") for path in named}
    assert {"/", f"/forum/topics/{site.topic.pk}/", f"/builds/{site.awarded.slug}/"} <= paths
    assert f"/popcorn/{site.awarded.slug}/" in paths
    assert not paths & {f"/forum/topics/{hidden.pk}/", f"/builds/{site.draft.slug}/", "/forum/s/"}
    assert {Client().get(path).status_code for path in paths} == {200}
    monkeypatch.setattr(machines, "IDS_A_MAP", site.topic.pk)  # topics come by ranges of ids
    assert f"/topics/{site.topic.pk}/" in locations(f"/sitemap-topics-{site.topic.pk}.xml")[0]
    assert f"/topics/{site.topic.pk}/" not in "".join(locations("/sitemap-topics-0.xml"))
    assert Client().get("/sitemap-secrets.xml").status_code == 404


def test_robots_are_told_where_the_map_is() -> None:
    told = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /admin/" in told


def test_who_is_to_be_told_of_a_weakness(settings: Any) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    told = Client().get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.org\n" in told
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT", told, re.MULTILINE)


def test_feeds(site: Site) -> None:
    for room in ("builds", "popcorn"):
        answer = Client().get(f"/{room}/feed.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert "s-maxage" in answer.headers["Cache-Control"]
        entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
        links = [link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link")]
        assert f"http://testserver/{room}/{site.awarded.slug}/" in links
        assert not [link for link in links if site.draft.slug in link]
        assert queries_for(Client(), f"/{room}/feed.atom") <= 7


def test_home_maps_and_feed_cost_the_same_however_much_there_is() -> None:
    asked, maps = [], ("/sitemap.xml", "/sitemap-builds.xml", "/sitemap-topics-0.xml")
    for week in range(3):
        make_build(State.CLOSED, release_on=FRIDAY - timedelta(weeks=3 - week))
        a_topic()
        pages = ("/", *maps, "/builds/feed.atom")
        asked.append([queries_for(Client(), page) for page in pages])
    assert asked[2] == asked[0]


def head(address: str, client: Client | None = None) -> dict[str, str]:
    html = (client or Client()).get(address).content.decode()
    tags = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html))
    return tags | dict(re.findall(r'<link rel="(canonical)" href="([^"]+)">', html))


def test_a_link_shows_what_it_leads_to(site: Site) -> None:
    member, slug = site.people["member"], site.awarded.slug
    assert member
    titles = {
        f"/forum/topics/{site.topic.pk}/": "It hangs",
        f"/builds/{slug}/": f"{site.product} {slug}",
        f"/popcorn/{slug}/": f"Popcorn Award {slug}",
        f"/members/{member.username}/": str(member),
    }
    for address, title in titles.items():
        told = head(address + "?before=x&page=1")
        assert told["canonical"] == told["og:url"] == f"http://testserver{address}"
        assert told["og:title"] == title
        assert told["og:image"].startswith("http://testserver/static/orangefriday/icons/mark")
        assert "og:title" not in head(address, signed_in(member))
    topic = f"/forum/topics/{site.topic.pk}/"
    assert head(topic)["og:description"] == "Often."
    site.topic.posts.update(withdrawn_at=site.topic.created_at)
    assert "og:description" not in head(topic)


def test_filters_are_not_part_of_the_address() -> None:
    assert head("/builds/?state=open")["canonical"] == "http://testserver/builds/"
    assert head("/builds/?page=3")["canonical"] == "http://testserver/builds/?page=3"
