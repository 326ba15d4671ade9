"""The feed of awards: those that are out, with who won and what with."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn.models import Award

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_it_tells_who_won_and_with_what(awarded: Award, computed: Award, client: Client) -> None:
    answer = client.get(reverse("popcorn:feed"))
    (entry,) = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # the other one waits
    address = reverse("popcorn:award", args=[awarded.build.slug])
    assert entry.findtext(f"{ATOM}id") == f"http://testserver{address}"
    title, features = entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}summary", "")
    winners = awarded.places.filter(is_winner=True)
    assert {place.engineer.name for place in winners} <= set(title.split(": ")[1].split(", "))
    for bucket in awarded.buckets.all():
        assert f"<p>{bucket.feature.title}</p>" in features
