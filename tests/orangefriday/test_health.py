"""Alive is not ready: readyz answers 200 only when every part can serve."""

import socket

import pytest
from django.db import connection
from django.test import Client

from orangefriday.celery import app


def test_the_process_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_all_parts_are(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, set(answer.json()["parts"].values())) == (200, {True})


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'popcorn'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["migrations"]) == (503, False)


@pytest.mark.django_db
def test_not_ready_without_the_broker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_read_url", "redis://127.0.0.1:1/0")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["broker"]) == (503, False)


@pytest.mark.django_db
def test_not_ready_with_a_broker_that_never_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(app.conf, "broker_read_url", f"redis://127.0.0.1:{port}/0")
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["broker"]) == (503, False)
