"""Who may do what on the site as a whole; rooms add what concerns their own things."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from community.members.models import Member

User = Member | AnonymousUser


def is_member(user: User) -> bool:
    return user.is_authenticated and user.is_active


def is_admin(user: User) -> bool:
    return is_member(user) and user.is_superuser


def may_enter_staff_pages(user: User) -> bool:
    return is_member(user) and (user.is_staff or user.is_superuser)


def may_take_part(user: User, at: datetime) -> bool:
    """Active, not suspended and with a verified address, as the database has it now."""
    members = Member.objects.in_good_standing(at).verified()
    return user.is_authenticated and members.filter(pk=user.pk).exists()


def may_vote_at_all(user: User, at: datetime) -> bool:
    """Whatever else a build's own rules ask for (feedback.fourgrid)."""
    return may_take_part(user, at)


def may_edit_profile(user: User, member: Member) -> bool:
    return is_member(user) and user.pk == member.pk
