"""Following, ignoring and blocking: one stance at a time, and a block ends following both ways."""

from datetime import datetime

from django.db import transaction

from community.members.models import Member, Relation


class Blocked(Exception):
    """One of the two blocks the other: there is no following."""


class Oneself(Exception):
    """Nobody follows, ignores or blocks themselves."""


def relate(*, member: Member, other: Member, kind: Relation.Kind, at: datetime) -> Relation:
    """Take a stance towards another; it replaces the one before. Twice is once.

    Raises Oneself, or Blocked for following where either blocks.
    """
    if member.pk == other.pk:
        raise Oneself
    with transaction.atomic():
        _one_pair_at_a_time(member, other)
        theirs = Relation.objects.filter(member=other, other=member)
        if kind == Relation.Kind.BLOCKS:
            theirs.filter(kind=Relation.Kind.FOLLOWS).delete()
        if kind == Relation.Kind.FOLLOWS and theirs.filter(kind=Relation.Kind.BLOCKS).exists():
            raise Blocked
        relation, is_new = Relation.objects.get_or_create(
            member=member, other=other, defaults={"kind": kind, "since_at": at}
        )
        if not is_new and relation.kind != kind:
            relation.kind, relation.since_at = kind, at
            relation.save(update_fields=["kind", "since_at"])
    return relation


def end_relation(*, member: Member, other: Member) -> None:
    """Be nothing in particular to each other again; a block of the other's stands."""
    Relation.objects.filter(member=member, other=other).delete()


def _one_pair_at_a_time(member: Member, other: Member) -> None:
    """A block and the follow it forbids cannot pass each other."""
    pair = Member.objects.filter(pk__in=(member.pk, other.pk)).order_by("pk")
    list(pair.select_for_update(no_key=True).values_list("pk"))
