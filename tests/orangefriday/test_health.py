"""Alive is not ready: readyz answers 200 only when every part can serve."""

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from orangefriday import health
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
@pytest.mark.parametrize(
    ("blow", "expected"),
    [(signal.SIGSTOP, (503, False)), (signal.SIGTERM, (200, True))],
    ids=["hangs", "was started again"],
)
def test_a_connection_that_hangs_is_not_waited_for(
    blow: int, expected: tuple[int, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE_S", 0.2 if blow == signal.SIGSTOP else 20)

    def ask() -> tuple[int, bool]:  # in a thread, on a connection of its own
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        os.kill(backend, blow)
        try:
            answer = Client().get("/readyz")
            return answer.status_code, answer.json()["parts"]["database"]
        finally:
            connection.close()
            if blow == signal.SIGSTOP:
                os.kill(backend, signal.SIGCONT)

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(ask).result() == expected


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
