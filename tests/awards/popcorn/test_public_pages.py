"""Public pages are the same for every visitor: no session, no cookie, no token, kept by caches."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.popcorn.models import Award

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["podium", "ranking", "award", "revision", "receipt"])
def test_a_page_can_be_kept_whole(awarded: Award, client: Client, name: str) -> None:
    slug = awarded.build.slug
    arguments = {"award": [slug], "revision": [slug, 1], "receipt": [slug, 1]}.get(name, [])
    answer = client.get(reverse(f"popcorn:{name}", args=arguments))
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content
    assert b"style=" not in answer.content


def test_within_a_moment_an_award_is_looked_up_once(
    awarded: Award, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = caches["moments"]
    monkeypatch.setattr(moments, "default_timeout", 3600)
    address = reverse("popcorn:award", args=[awarded.build.slug])
    asked = []
    for _reader in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(sum('FROM "popcorn_award"' in query["sql"] for query in queries))
    moments.clear()
    assert asked[1] == asked[0] - 2
