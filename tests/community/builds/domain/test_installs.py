"""Signed reports of devices."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from community.builds.domain import installs
from community.builds.domain.installs import BadSignature, UnknownDevice, message
from community.builds.domain.refusals import Invalid
from community.builds.models import Build
from community.members.models import Device
from tests.community.builds.making import DAY, DRAFTED, PUBLISH, make_build, make_member

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
INSTALLED = "2026-11-20T17:05:00+08:00"


@pytest.fixture
def device(db) -> Device:
    return Device.objects.create(
        member=make_member(), family="Orange 5", public_key=PUBLIC, added_at=DRAFTED
    )


@pytest.fixture
def build(db) -> Build:
    return make_build()


def record(build, *, installed_at=INSTALLED, signature=None, public_key=PUBLIC):
    signed = message(version=build.slug, public_key=public_key, installed_at=installed_at)
    return installs.record(
        build=build,
        public_key=public_key,
        installed_at=installed_at,
        signature=KEY.sign(signed) if signature is None else signature,
        at=PUBLISH + DAY,
    )


def test_a_device_reports_once(build, device):
    assert record(build)
    assert not record(build)
    assert not record(build, installed_at="2026-11-20T18:05:00+08:00")
    assert str(build.installs.get()) == f"Orange 5 · {build}"


def test_the_signed_words_are_four_lines():
    words = message(version="6.11.20", public_key=PUBLIC, installed_at=INSTALLED).decode()
    key = b64encode(PUBLIC).decode()
    assert words.splitlines() == ["orange-friday install v1", "6.11.20", key, INSTALLED]


def test_a_device_nobody_registered_is_refused(build):
    with pytest.raises(UnknownDevice):
        record(build)


def test_a_report_of_one_build_does_not_fit_another(build, device):
    other = make_build()
    signed = message(version=other.slug, public_key=PUBLIC, installed_at=INSTALLED)
    with pytest.raises(BadSignature):
        record(build, signature=KEY.sign(signed))


@given(signature=st.binary(max_size=80))
def test_nothing_else_is_a_signature(signature):
    """A pure check of the verifier: no made-up bytes pass, whatever their length."""
    with pytest.raises(BadSignature):
        installs.verify(public_key=PUBLIC, signature=signature, signed=b"words")


def test_a_key_that_is_none_is_a_bad_signature():
    with pytest.raises(BadSignature):
        installs.verify(public_key=b"short", signature=bytes(64), signed=b"words")


@pytest.mark.parametrize("moment", ["yesterday", "0001-01-01T00:00:00+23:59"])
def test_a_moment_is_written_out(build, device, moment):
    with pytest.raises(Invalid, match="Write the moment"):
        record(build, installed_at=moment)


def test_a_moment_does_not_lie_ahead(build, device):
    with pytest.raises(Invalid, match="lies ahead"):
        record(build, installed_at="2027-01-01T00:00:00+00:00")
