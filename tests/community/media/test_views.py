"""Sending pictures and looking at them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.media.domain import pictures
from community.media.models import Picture
from tests.community.media.making import picture
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db


def send(client: Client, data: bytes, address: str = "/pictures/") -> Any:
    return client.post(address, {"file": SimpleUploadedFile("evil.html", data, "text/html")})


@pytest.mark.parametrize("address", ["/pictures/", "/api/v1/pictures/"])
def test_a_sent_picture_is_shown_to_anybody(address: str) -> None:
    sent = send(signed_in(make_member()), picture(size=(400, 200)), address)
    assert sent.status_code == 201
    assert {"width": 400, "height": 200}.items() <= sent.json().items()
    for shown in (Client().get(sent.json()[name]) for name in ("url", "thumbnail")):
        assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
        assert shown.headers["Content-Type"] == "image/webp"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "immutable" in shown.headers["Cache-Control"]
        assert not shown.cookies


def test_a_removed_picture_is_nowhere() -> None:
    address = send(signed_in(make_member()), picture()).json()["url"]
    pictures.remove(Picture.objects.all())
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<html>", 422, "not_a_picture"),
        (bytes(pictures.MOST_BYTES + 1), 400, "invalid"),
    ],
    ids=["html", "large"],
)
def test_a_refusal_is_a_problem_with_a_sentence(data: bytes, status: int, code: str) -> None:
    refused = send(signed_in(make_member()), data)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_who_may_not_take_part_sends_nothing() -> None:
    assert send(Client(), picture()).status_code == 401
    assert send(signed_in(make_member(is_verified=False)), picture()).status_code == 403
    assert not Picture.objects.exists()


def test_another_site_cannot_send_for_a_member() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(), backend="community.members.signed_in.Backend")
    assert send(client, picture()).status_code == 403
