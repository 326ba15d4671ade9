"""Devices: a key each, one of them the main one."""

from base64 import b64decode, b64encode
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from community.members.domain import devices
from community.members.domain.devices import add_device, make_main, new_key_pair, remove_device
from community.members.models import Device, Member
from community.members.queries import devices_of
from tests.community.members.making import AT, make_member
from tests.racing import at_once


def add(member: Member, family: str = "Mi 5", public_key: str = "") -> Device:
    key = public_key or new_key_pair()[0]
    return add_device(member=member, family=family, public_key=key, at=AT)


def main(member: Member) -> Sequence[str]:
    return list(member.devices.filter(is_main=True).values_list("family", flat=True))


def test_a_key_pair_signs_and_verifies() -> None:
    public, private = new_key_pair()
    signature = Ed25519PrivateKey.from_private_bytes(b64decode(private)).sign(b"6.11.20")
    Ed25519PublicKey.from_public_bytes(b64decode(public)).verify(signature, b"6.11.20")


@pytest.mark.django_db
def test_the_first_device_is_the_main_one() -> None:
    member = make_member()
    first, second = add(member, "Mi 5"), add(member, "Mi 6")
    assert list(devices_of(member)) == [first, second]
    assert main(member) == ["Mi 5"]
    make_main(device=second)
    assert main(member) == ["Mi 6"]


@pytest.mark.django_db
def test_when_the_main_device_goes_the_oldest_takes_its_place() -> None:
    member = make_member()
    first, _second, third = (add(member, family) for family in ("Mi 5", "Mi 6", "Mi 8"))
    remove_device(device=third)
    assert main(member) == ["Mi 5"]
    remove_device(device=first)
    assert main(member) == ["Mi 6"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["", "nonsense!", b64encode(b"x" * 31).decode(), b64encode(b"x" * 33).decode()]
)
def test_a_key_is_thirty_two_bytes_in_base64(key: str) -> None:
    with pytest.raises(devices.BadPublicKey):
        add_device(member=make_member(), family="Mi 5", public_key=key, at=AT)


@pytest.mark.django_db
def test_a_key_is_used_once() -> None:
    public, _private = new_key_pair()
    add(make_member(), public_key=public)
    with pytest.raises(devices.KeyTaken):
        add(make_member(), public_key=public)


@pytest.mark.django_db
def test_there_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "MOST_DEVICES", 1)
    member = make_member()
    add(member)
    with pytest.raises(devices.TooManyDevices):
        add(member)


@pytest.mark.django_db(transaction=True)
def test_devices_added_at_once_have_one_main_among_them() -> None:
    member = make_member()

    at_once(*[lambda: add(member)] * 6)
    assert member.devices.count() == 6
    assert len(main(member)) == 1
