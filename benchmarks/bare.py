"""Django with nothing around it, as a baseline: a constant (B0), and one ballot's upsert (B1)."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg import RawCursor

BODY = b"<!doctype html><title>B0</title><p>always the same</p>"
UPSERT = """
INSERT INTO fourgrid_ballot AS b (
    build_id, member_id, mood, loved, let_down, wishes, comments, revision, first_saved_at,
    saved_at, receipt, nonce, family, level, region, is_staff
) VALUES (
    {build}, {member}, 2, '{{1,2,3}}', '{{4,5}}', '{{6}}', '{{"loved": "nicely done"}}', 1, now(),
    now(), decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 16), 'hex'), '', 0, '', false
) ON CONFLICT (build_id, member_id) DO UPDATE SET
    mood = excluded.mood, loved = excluded.loved, let_down = excluded.let_down,
    wishes = excluded.wishes, comments = excluded.comments, revision = b.revision + 1,
    saved_at = excluded.saved_at, receipt = excluded.receipt, nonce = excluded.nonce
"""
IN_PYTHON = UPSERT.format(build="%s", member="%s")
PREPARED = UPSERT.format(build="$1", member="$2")


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


def upsert(_request: HttpRequest, build: int, member: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(IN_PYTHON, (build, member))
    return HttpResponse(b"ok", headers={"Content-Length": "2"})


def prepared_upsert(_request: HttpRequest, build: int, member: int) -> HttpResponse:
    """The same, planned once a connection."""
    connection.ensure_connection()
    driver = connection.connection
    driver.prepare_threshold = 0
    with RawCursor(driver) as cursor:
        cursor.execute(PREPARED, (build, member), prepare=True)
    return HttpResponse(b"ok", headers={"Content-Length": "2"})


urlpatterns = [
    path("constant", constant),
    path("healthz", constant),
    path("ballots/<int:build>/<int:member>", upsert),
    path("prepared/<int:build>/<int:member>", prepared_upsert),
]

if not settings.configured:
    from orangefriday.settings import DATABASES

    settings.configure(
        DATABASES=DATABASES,
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=os.urandom(32).hex(),
    )
    django.setup()
    application = get_wsgi_application()
