"""Who may take part, and who may see the staff's pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from community.members.models import Member
from community.members.permissions import (
    is_admin,
    is_member,
    may_edit_profile,
    may_enter_staff_pages,
    may_take_part,
    may_vote_at_all,
    may_write,
)
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
LATER = AT + timedelta(seconds=1)


def test_nobody_may_do_nothing() -> None:
    assert not any(
        (
            is_member(NOBODY),
            is_admin(NOBODY),
            may_enter_staff_pages(NOBODY),
            may_take_part(NOBODY, AT),
            may_edit_profile(NOBODY, make_member()),
        )
    )


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"suspended_until": AT + timedelta(minutes=1)}, False),
        ({"suspended_until": AT}, True),
    ],
)
def test_taking_part_needs_good_standing(fields: dict[str, object], may: bool) -> None:
    member = make_member()
    for name, value in fields.items():
        setattr(member, name, value)
    member.save()
    assert may_take_part(member, AT) is may
    assert may_vote_at_all(member, AT) is may


def test_taking_part_needs_a_verified_address() -> None:
    assert not may_take_part(make_member(is_verified=False), AT)


def test_a_suspension_counts_although_the_session_does_not_know_it_yet() -> None:
    member = make_member()
    type(member).objects.update(suspended_until=AT + timedelta(days=1))
    assert not may_take_part(member, AT)


@pytest.mark.parametrize(
    ("fields", "admin", "staff"),
    [
        ({}, False, False),
        ({"is_staff": True}, False, True),
        ({"is_superuser": True}, True, True),
    ],
)
def test_roles(fields: dict[str, bool], admin: bool, staff: bool) -> None:
    member = make_member(**fields)
    assert (is_admin(member), may_enter_staff_pages(member)) == (admin, staff)
    member.is_active = False
    assert not is_admin(member)
    assert not may_enter_staff_pages(member)


def test_a_profile_is_edited_by_its_owner_alone() -> None:
    one, other = make_member(), make_member(is_superuser=True)
    assert may_edit_profile(one, one)
    assert not may_edit_profile(other, one)


@pytest.mark.parametrize(
    "fields",
    [{}, {"is_active": False}, {"suspended_until": LATER}, {"silenced_until": LATER},
     {"suspended_until": AT, "silenced_until": AT}],
    ids=["good", "closed", "suspended", "silenced", "over"],
)  # fmt: skip
@pytest.mark.parametrize("is_verified", [True, False])
def test_who_may_write_is_who_the_orm_says(fields: dict[str, Any], *, is_verified: bool) -> None:
    member = make_member(is_verified=is_verified)
    Member.objects.filter(pk=member.pk).update(**fields)
    said = Member.objects.in_good_standing(AT).verified().heard(AT).filter(pk=member.pk)
    assert may_write(member, AT) is said.exists()
