"""API tokens: shown once, kept as a digest, scoped and expiring."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from community.members.models import ApiToken, Member

PREFIX = "of_"  # lets scanners of leaked secrets recognise one
MOST_TOKENS = 20


class TooManyTokens(Exception):
    """The member holds as many tokens as one may."""


def create_token(
    *,
    member: Member,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime,
    at: datetime,
    submission_key: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its key, which is nowhere to be seen again; a form sent twice gives the same.

    Raises TooManyTokens.
    """
    key = PREFIX + _secret(member, submission_key)
    digest = sha256(key.encode()).digest()
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # one at a time
        if token := member.api_tokens.filter(digest=digest).first():
            return token, key
        if member.api_tokens.count() >= MOST_TOKENS:
            raise TooManyTokens
        token = ApiToken.objects.create(
            member=member,
            name=name,
            digest=digest,
            scopes=list(scopes),
            created_at=at,
            expires_at=expires_at,
        )
    return token, key


def _secret(member: Member, submission_key: UUID | None) -> str:
    """256 bits: of chance, or those that the site alone can make of a form's own key."""
    if submission_key is None:
        return secrets.token_urlsafe(32)
    mac = salted_hmac("members.tokens", f"{member.pk} {submission_key}", algorithm="sha256")
    return urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def revoke_token(*, token: ApiToken) -> None:
    token.delete()


def note_use(*, token: ApiToken, on: date) -> None:
    """Remember the day a token was last used; one write a day, not one a request."""
    if token.last_used_on != on:
        earlier = Q(last_used_on=None) | Q(last_used_on__lt=on)
        ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_on=on)
