"""Who sits at the moderators' desk, and what each may see and do there."""

from community.members.models import Member
from community.members.permissions import User, is_admin, is_member
from community.moderation import subjects
from community.moderation.desk import Desk


def desk_of(user: User) -> Desk | None:
    """The desk of a moderator or an admin; None for everybody else."""
    if not isinstance(user, Member) or not is_member(user):
        return None
    if is_admin(user):
        return Desk(None)
    boards = subjects.boards_of(user)
    return Desk(boards) if boards else None


def may_sanction(user: User, member: Member | None) -> bool:
    """Moderators warn and silence members; admins are out of reach, and so is oneself."""
    if member is None or desk_of(user) is None or user.pk == member.pk:
        return False
    return is_admin(user) or not (member.is_superuser or member.is_staff)


def may_suspend(user: User, member: Member | None) -> bool:
    """To take the vote away as well is for admins."""
    return is_admin(user) and may_sanction(user, member)


def may_edit_words(user: User) -> bool:
    return is_admin(user)


def may_read_log(user: User) -> bool:
    return is_admin(user)
