"""Is the process alive, and can the whole site serve?"""

import selectors
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError
from psycopg import Error as DatabaseRefusal
from psycopg.pq import ExecStatus

from orangefriday.celery import app

# Who does not answer in seconds cannot serve; whoever asks would not wait either.
PATIENCE_S = 2.0
BROKER = {"max_retries": 1, "socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 only when database, migrations and broker can all serve, else 503."""
    parts = {"database": _database(), "broker": _broker()}
    parts["migrations"] = parts["database"] and _migrated()
    is_ready = all(parts.values())
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": is_ready, "parts": parts}, status=status)


def _database() -> bool:
    try:
        if connection.connection is not None and (answer := _ask(connection.connection)):
            return answer == ExecStatus.TUPLES_OK
        connection.close()  # to be made anew: the server may have been started again
        connection.ensure_connection()
    except Exception:  # noqa: BLE001 - whatever is wrong, the answer is "not ready"
        connection.close()
        return False
    return True


def _ask(server: Any) -> ExecStatus | None:
    """How a connection answers, None when it is broken; raises TimeoutError after two seconds.

    psycopg itself would wait for ever for a server that hangs or cannot be reached any more.
    """
    try:
        server.pgconn.send_query(b"SELECT 1")
        with selectors.DefaultSelector() as waiting:
            waiting.register(server.pgconn.socket, selectors.EVENT_READ)
            if not waiting.select(PATIENCE_S):
                raise TimeoutError
        status = None
        while result := server.pgconn.get_result():
            status = ExecStatus(result.status)
    except DatabaseRefusal:
        return None
    return None if server.broken else status


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _broker() -> bool:
    try:
        with app.connection_for_read(transport_options=BROKER) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (BrokerError, OSError):
        return False
    return True
