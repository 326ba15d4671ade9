"""Installs through the API: no account, the device signs."""

import json
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from community.builds.domain.installs import message
from community.builds.models import Install
from community.members.models import Device
from tests.community.builds.making import DRAFTED, State, make_build, make_draft, make_member

pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
INSTALLED = "2026-11-20T17:05:00+08:00"


@pytest.fixture(autouse=True)
def device(db) -> Device:
    return Device.objects.create(
        member=make_member(), family="Orange 5", public_key=PUBLIC, added_at=DRAFTED
    )


def report(version: str, **changed: object):
    signed = message(version=version, public_key=PUBLIC, installed_at=INSTALLED)
    sent = {
        "device": b64encode(PUBLIC).decode(),
        "installed_at": INSTALLED,
        "signature": b64encode(KEY.sign(signed)).decode(),
    }
    address = f"/api/v1/builds/{version}/installs"
    return Client(enforce_csrf_checks=True).post(
        address, json.dumps(sent | changed), content_type="application/json"
    )


def test_a_device_reports_as_often_as_it_likes():
    make_build(version="6.11.20")
    assert report("6.11.20").status_code == report("6.11.20").status_code == 204
    assert Install.objects.count() == 1


def test_a_device_nobody_registered_is_not_known():
    make_build(version="6.11.20")
    Device.objects.all().delete()
    response = report("6.11.20")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_device")


def test_a_signature_is_of_the_device():
    make_build(version="6.11.20")
    response = report("6.11.20", signature=b64encode(bytes(64)).decode())
    assert (response.status_code, response.json()["code"]) == (403, "bad_signature")


@pytest.mark.parametrize(
    ("field", "value"),
    [("device", "!"), ("device", "AAAA"), ("signature", 7), ("installed_at", "")],
)
def test_what_cannot_be_read_is_named(field, value):
    make_build(version="6.11.20")
    response = report("6.11.20", **{field: value})
    assert response.status_code == 400
    assert field in response.json()["errors"]


def test_a_moment_that_is_none_is_named():
    make_build(version="6.11.20")
    signed = message(version="6.11.20", public_key=PUBLIC, installed_at="noon")
    signature = b64encode(KEY.sign(signed)).decode()
    response = report("6.11.20", installed_at="noon", signature=signature)
    assert response.status_code == 400
    assert "installed_at" in response.json()["errors"]


def test_what_has_not_gone_out_is_not_there():
    make_draft(version="6.11.20")
    make_build(State.SCHEDULED, version="6.11.27")
    for version in ("6.11.20", "6.11.27", "7"):
        assert report(version).status_code == 404
