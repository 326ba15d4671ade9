"""API tokens: shown once, kept as a digest, scoped and expiring."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from community.members.models import ApiToken, Member

PREFIX = "of_"  # lets scanners of leaked secrets recognise one
MOST_TOKENS = 20


class TooManyTokens(Exception):
    """The member holds as many tokens as one may."""


def create_token(
    *, member: Member, name: str, scopes: Sequence[str], expires_at: datetime, at: datetime
) -> tuple[ApiToken, str]:
    """A new token and its key, which is nowhere to be seen again. Raises TooManyTokens."""
    key = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # counted one at a time
        if member.api_tokens.count() >= MOST_TOKENS:
            raise TooManyTokens
        token = ApiToken.objects.create(
            member=member,
            name=name,
            digest=sha256(key.encode()).digest(),
            scopes=list(scopes),
            created_at=at,
            expires_at=expires_at,
        )
    return token, key


def revoke_token(*, token: ApiToken) -> None:
    token.delete()


def note_use(*, token: ApiToken, on: date) -> None:
    """Remember the day a token was last used; one write a day, not one a request."""
    if token.last_used_on != on:
        earlier = Q(last_used_on=None) | Q(last_used_on__lt=on)
        ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_on=on)
