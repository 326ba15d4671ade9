"""Limits that cannot be outrun, and times that tell nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Lock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.community.members.making import PASSWORD, make_member
from tests.community.members.test_signing import ANSWERS, sign_in
from tests.racing import at_once

TRIES = 12


class CountingHasher(MD5PasswordHasher):
    """Counts how often somebody pays the price of a hash."""

    algorithm = "counting"
    verified = encoded = 0
    guard = Lock()
    together: Barrier | None = None

    def verify(self, password: str, encoded: str) -> bool:
        with self.guard:
            CountingHasher.verified += 1
        if self.together:
            self.together.wait(timeout=20)
        return super().verify(password, encoded)

    def encode(self, password: str, salt: str) -> str:
        with self.guard:
            CountingHasher.encoded += 1
        return super().encode(password, salt)


@pytest.fixture
def hasher(settings: Settings) -> Iterator[type[CountingHasher]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.{CountingHasher.__name__}"]
    yield CountingHasher
    CountingHasher.together = None


def try_at_once(count: int) -> None:
    at_once(*[lambda: sign_in(Client(), "ada", "wrong")] * count)


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_five_reach_the_hasher(hasher: type[CountingHasher]) -> None:
    make_member("ada", password=PASSWORD)
    hasher.verified = 0
    try_at_once(TRIES)
    assert hasher.verified == 5


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_all_of_them_reach_it(
    hasher: type[CountingHasher], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def unlocked(_account: str) -> Iterator[None]:
        yield

    monkeypatch.setattr("community.members.adapter.one_at_a_time", unlocked)
    make_member("ada", password=PASSWORD)
    hasher.verified, hasher.together = 0, Barrier(TRIES)
    try_at_once(TRIES)
    assert hasher.verified == TRIES


@pytest.mark.django_db
@pytest.mark.parametrize("logins", [("ada", "eve"), ("ada@example.org", "eve@example.org")])
def test_a_wrong_password_costs_the_same_for_known_and_unknown(
    hasher: type[CountingHasher], logins: tuple[str, str]
) -> None:
    make_member("ada", password=PASSWORD)
    costs = []
    for login in logins:
        hasher.encoded = 0
        sign_in(Client(), login, "wrong")
        costs.append(hasher.encoded)
    assert costs == [1, 1]


@pytest.mark.django_db
def test_signing_up_costs_the_same_for_known_and_unknown(hasher: type[CountingHasher]) -> None:
    make_member("bob", email="bob@example.org")
    costs = []
    for name, email in (("ada", "bob@example.org"), ("eve", "eve@example.org")):
        hasher.encoded = 0
        Client().post(reverse("account_signup"), ANSWERS | {"username": name, "email": email})
        costs.append(hasher.encoded)
    assert costs == [1, 1]
