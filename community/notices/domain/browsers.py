"""Browsers that take pushes: each belongs to who signed in last there."""

from datetime import datetime

from community.members.models import Member
from community.notices.models import PushSubscription
from community.notices.push.encryption import is_point

MOST_BROWSERS = 20
SECRET_LENGTH = 16


class BadKeys(Exception):
    """Not a P-256 point of 65 bytes with a secret of 16."""


def add_browser(
    *,
    member: Member,
    endpoint: str,
    public_key: bytes,
    secret: bytes,
    language: str,
    at: datetime,
) -> PushSubscription:
    """Push to this browser from now on; told again, the keys are the new ones. Raises BadKeys.

    Of more than MOST_BROWSERS the oldest go.
    """
    if not is_point(public_key) or len(secret) != SECRET_LENGTH:
        raise BadKeys
    said = {"member": member, "public_key": public_key, "secret": secret, "language": language}
    browser, _is_new = PushSubscription.objects.update_or_create(
        endpoint=endpoint, defaults=said, create_defaults=said | {"created_at": at}
    )
    own = PushSubscription.objects.filter(member=member).order_by("-created_at", "-pk")
    PushSubscription.objects.filter(
        pk__in=list(own.values_list("pk", flat=True)[MOST_BROWSERS:])
    ).delete()
    return browser


def remove_browser(*, member: Member, endpoint: str) -> None:
    """No more pushes there; one that is not there stays so."""
    PushSubscription.objects.filter(member=member, endpoint=endpoint).delete()
