"""Which account a sign-in is for, so that wrong passwords are counted against it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest


def account_key(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """One key for an account, whether its login name or its address was typed."""
    given = credentials or {}
    login = given.get("username") or given.get("email") or request.POST.get("login", "")
    login = str(login).strip().lower()
    if "@" not in login:
        return login
    owners = EmailAddress.objects.filter(email=login, verified=True)
    return owners.values_list("user__username", flat=True).first() or login
