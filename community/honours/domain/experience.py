"""The ledger of experience: given once for a source, taken back by another entry, never changed."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet, Sum

from community.honours.models import LEVELS, Entry, Rule
from community.members.models import Member

BROUGHT = "brought"
_LOCKS = 0x0F54  # the class of these advisory locks

_GIVE_ALL = """
INSERT INTO honours_entry (member_id, rule, version, source, amount, at)
SELECT earned.id, %s, %s, %s, %s, %s FROM ({query}) AS earned (id) ORDER BY 1
ON CONFLICT (member_id, rule, source) WHERE reverses_id IS NULL DO NOTHING
"""
_BRING = """
INSERT INTO honours_entry (member_id, rule, version, source, amount, at)
SELECT m.id, %s, 1, 'elsewhere', start.experience - coalesce(b.experience, 0), %s
  FROM members_member m
  LEFT JOIN honours_balance b ON b.member_id = m.id
 CROSS JOIN LATERAL (SELECT (%s::integer[])[m.level + 1]) AS start (experience)
 WHERE start.experience > coalesce(b.experience, 0) ORDER BY m.id
ON CONFLICT (member_id, rule, source) WHERE reverses_id IS NULL DO NOTHING
"""


class NoSuchRule(Exception):
    """No version of the rule is in force at that moment."""


def grant(*, rule: str, member_id: int, source: str, at: datetime) -> bool:
    """Give what a rule gives; False when this source gave it before, or the day's cap is reached.

    Balance and level change in the same statement. Raises NoSuchRule.
    """
    version = _in_force(rule, at)
    try:
        with transaction.atomic():
            _one_at_a_time(member_id)
            if _is_capped(version, member_id, at):
                return False
            Entry.objects.create(
                member_id=member_id,
                rule=rule,
                version=version.version,
                source=source,
                amount=version.amount,
                at=at,
            )
    except IntegrityError as error:
        if _broken(error) == "entry_once_for_a_source":
            return False
        raise
    return True


def grant_all(*, rule: str, source: str, members: QuerySet[Member], at: datetime) -> int:
    """Give many members the same in one statement, whom it was given before left out.

    Daily caps do not apply: a source is one event, of which there are few. Raises NoSuchRule.
    """
    version = _in_force(rule, at)
    query, values = members.order_by().values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _GIVE_ALL.format(query=query),
            [rule, version.version, source, version.amount, at, *values],
        )
        return int(cursor.rowcount)


def reverse(*, rule: str, member_id: int, source: str, at: datetime) -> bool:
    """Take back what was given for a source; False when there is nothing (more) to take back."""
    given = Entry.objects.filter(rule=rule, member=member_id, source=source, reverses=None)
    entry = given.filter(reversal=None).first()
    if entry is None:
        return False
    try:
        with transaction.atomic():
            Entry.objects.create(
                member_id=member_id,
                rule=rule,
                version=entry.version,
                source=source,
                amount=-entry.amount,
                at=at,
                reverses=entry,
            )
    except IntegrityError as error:
        if _broken(error).startswith("honours_entry_reverses"):
            return False
        raise
    return True


def bring_along(*, at: datetime) -> int:
    """Give those whose level came from elsewhere the experience that it begins with."""
    with connection.cursor() as cursor:
        cursor.execute(_BRING, [BROUGHT, at, [0, *LEVELS]])
        return int(cursor.rowcount)


def _in_force(rule: str, at: datetime) -> Rule:
    versions = Rule.objects.filter(name=rule, starts_at__lte=at).order_by("-version")
    if version := versions.first():
        return version
    raise NoSuchRule(rule)


def _one_at_a_time(member_id: int) -> None:
    """A day's cap holds however many deeds are counted at once."""
    with connection.cursor() as cursor:
        # Not the member's row: the trigger locks balance, then member, and so would deadlock.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, member_id % 2**31])


def _is_capped(rule: Rule, member_id: int, at: datetime) -> bool:
    if rule.daily_cap is None:
        return False
    day = datetime.combine(at.astimezone(_zone()), time.min, _zone())
    today = Entry.objects.filter(member=member_id, rule=rule.name, at__gte=day)
    earned = today.aggregate(sum=Sum(F("amount")))["sum"] or 0
    return bool(earned + rule.amount > rule.daily_cap)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _broken(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
