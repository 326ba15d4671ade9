"""Who may do what on the site as a whole; rooms add what concerns their own things."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from community.members.models import Audience, Member, Relation
from community.members.prepared import Statement

User = Member | AnonymousUser
# Members.in_good_standing.verified.heard of the member $1 at $2, as each page of a topic asks.
WRITERS = """
    SELECT id FROM members_member AS member
     WHERE id = $1 AND is_active
       AND (suspended_until IS NULL OR suspended_until <= $2::timestamptz)
       AND (silenced_until IS NULL OR silenced_until <= $2::timestamptz)
       AND EXISTS (SELECT FROM account_emailaddress WHERE user_id = member.id AND verified)
"""
WRITER = Statement("members_writer", WRITERS)


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


def may_write(user: User, at: datetime) -> bool:
    """As may_take_part, and not silenced: who is silenced reads and votes, but does not write."""
    return user.is_authenticated and WRITER.row(user.pk, at.isoformat()) is not None


def may_vote_at_all(user: User, at: datetime) -> bool:
    """Whatever else a build's own rules ask for (feedback.fourgrid)."""
    return may_take_part(user, at)


def may_edit_profile(user: User, member: Member) -> bool:
    return is_member(user) and user.pk == member.pk


def audiences(user: User, member: Member) -> frozenset[Audience]:
    """To which of a member's audiences the reader belongs. At most one query."""
    if user.pk == member.pk:
        return frozenset(Audience)
    if not is_member(user):
        return frozenset({Audience.EVERYBODY})
    theirs = Relation.objects.filter(member=member, other=user.pk)
    kind = theirs.values_list("kind", flat=True).first()
    if kind == Relation.Kind.BLOCKS:
        return frozenset({Audience.EVERYBODY})
    followed = {Audience.FOLLOWED} if kind == Relation.Kind.FOLLOWS else set()
    return frozenset({Audience.EVERYBODY, Audience.MEMBERS} | followed)


def may_write_to(member: Member, other: Member) -> bool:
    """Whether a private message of the member's is welcome: no block, and as the other wants it."""
    if member.pk == other.pk or not other.is_active or other.written_to_by == Audience.NOBODY:
        return False
    pair = Q(member=member, other=other) | Q(member=other, other=member)
    kinds = dict(Relation.objects.filter(pair).values_list("member", "kind"))
    if Relation.Kind.BLOCKS in kinds.values():
        return False
    is_followed = kinds.get(other.pk) == Relation.Kind.FOLLOWS
    return is_followed or other.written_to_by != Audience.FOLLOWED
