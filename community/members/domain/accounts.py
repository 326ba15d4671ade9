"""Accounts: joining, and changing one's name, profile and preferences."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from community.members import texts
from community.members.models import Member
from community.text import names

TIME_TO_VERIFY = timedelta(days=1)


class LoginNameTaken(Exception):
    """Somebody signs in with this name already."""


class DisplayNameTaken(Exception):
    """Somebody has this display name, or one that looks the same."""


_NAME_FIELDS = ("display_name", "name_skeleton", "name_sort_key", "name_keys")
_SIGNATURE_FIELDS = ("signature", "signature_html", "signature_rules")
_TAKEN = {
    "member_login_name_once": LoginNameTaken,
    "member_display_name_once": DisplayNameTaken,
}


def create_member(
    *,
    username: str,
    display_name: str,
    at: datetime,
    email: str = "",
    password: str | None = None,
    language: str = "",
    time_zone: str = "",
    is_verified: bool = False,
    is_staff: bool = False,
    is_superuser: bool = False,
    may_use_reserved_names: bool = False,
) -> Member:
    """A new member who joined at `at`; `is_verified` when the address is known to be theirs.

    Raises NameRefused, LoginNameTaken or DisplayNameTaken. Without a password one signs in by
    passkey or after a reset.
    """
    member = Member(
        username=clean_login_name(username, may_be_reserved=may_use_reserved_names),
        email=email,
        language=language,
        time_zone=time_zone,
        is_staff=is_staff,
        is_superuser=is_superuser,
        date_joined=at,
    )
    member.take_name(names.clean(display_name, is_reserved_allowed=may_use_reserved_names))
    member.set_password(password)
    with transaction.atomic():
        _save(member)
        if is_verified and email:
            EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    return member


def clean_login_name(username: str, *, may_be_reserved: bool = False) -> str:
    """The login name as it is kept, in lower case. Raises NameRefused."""
    return names.clean(username, is_reserved_allowed=may_be_reserved, may_hold_spaces=False).lower()


def rename(*, member: Member, display_name: str) -> Member:
    """Give the member another display name. Raises NameRefused or DisplayNameTaken."""
    _rename(member, display_name)
    _save(member, fields=[*_NAME_FIELDS])
    return member


def change_profile(
    *, member: Member, display_name: str, region: str, about: str, signature: str = ""
) -> Member:
    """Change what everybody sees of a member.

    Raises NameRefused, DisplayNameTaken, or texts.TextsRefused.
    """
    _rename(member, display_name)
    member.region, member.about, signature = texts.judged([region, about, signature])
    member.take_signature(signature)
    _save(member, fields=[*_NAME_FIELDS, "region", "about", *_SIGNATURE_FIELDS])
    return member


def derive_name_keys(members: Iterable[Member]) -> int:
    """Derive anew what these members' names are found by; gives how many they were."""
    some = list(members)
    for member in some:
        member.take_name(member.display_name)
    return Member.objects.bulk_update(some, ["name_keys"]) if some else 0


def derive_signatures(members: Iterable[Member]) -> int:
    """Render these members' signatures anew; gives how many they were."""
    some = list(members)
    for member in some:
        member.take_signature(member.signature)
    return Member.objects.bulk_update(some, [*_SIGNATURE_FIELDS]) if some else 0


def forget_unverified(*, at: datetime) -> int:
    """Free the names of who signed up but never entered the code; how many they were.

    Who has signed in once, in whatever way, stays.
    """
    waiting = EmailAddress.objects.filter(verified=False).values("user")
    stale = Member.objects.filter(pk__in=waiting, last_login=None, is_staff=False)
    stale = stale.filter(date_joined__lt=at - TIME_TO_VERIFY)
    known = EmailAddress.objects.filter(verified=True).values("user")
    _, rows = stale.exclude(pk__in=known).delete()
    return int(rows.get("members.Member", 0))


def _rename(member: Member, display_name: str) -> None:
    keeps_reserved = member.is_staff or member.is_superuser
    member.take_name(names.clean(display_name, is_reserved_allowed=keeps_reserved))


def _save(member: Member, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            member.save(force_insert=fields is None, update_fields=fields)
    except IntegrityError as error:
        raise _own(error) from error


def _own(error: IntegrityError) -> Exception:
    """The exception that says which name is taken; anything else stays what it is."""
    diagnosis = getattr(error.__cause__, "diag", None)
    taken = _TAKEN.get(getattr(diagnosis, "constraint_name", None) or "")
    return taken() if taken else error
