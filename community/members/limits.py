"""Which account a sign-in is for, so that wrong passwords are counted against it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.http import HttpRequest

_LOCKS = 0x0F51  # the class of these advisory locks


def account_key(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """One key for an account, whether its login name or its address was typed."""
    given = credentials or {}
    login = given.get("username") or given.get("email") or request.POST.get("login", "")
    login = str(login).strip().lower()
    if "@" not in login:
        return login
    owners = EmailAddress.objects.filter(email=login, verified=True)
    return owners.values_list("user__username", flat=True).first() or login


@contextmanager
def one_at_a_time(account: str) -> Iterator[None]:
    """Hold the account's lock until the try is counted."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS, account])
        yield
