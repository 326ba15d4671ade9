"""Granting medals: once for each member and stage, by rule or by hand, never taken back."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from community.honours import medals
from community.honours.models import Medal, MedalGrant, MedalStage
from community.members.models import Member

_GRANT_ALL = """
INSERT INTO honours_medalgrant (member_id, stage_id, granted_at, reason)
SELECT earned.member_id, s.id, %s, ''
  FROM ({query}) AS earned (member_id, reached)
  JOIN honours_medal m ON m.slug = %s
  JOIN honours_medalstage s ON s.medal_id = m.id AND s.number <= earned.reached
 WHERE earned.member_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM honours_medalgrant g
                    WHERE g.member_id = earned.member_id AND g.stage_id = s.id)
 ORDER BY 1, 2
ON CONFLICT (member_id, stage_id) DO NOTHING
"""
_RECOUNT = """
UPDATE honours_medalstage s SET holders = counted.holders, share = counted.share
  FROM (SELECT s.id, count(m.id) AS holders,
               coalesce(count(m.id)::float
                        / nullif((SELECT count(*) FROM members_member WHERE is_active), 0), 0)
                   AS share
          FROM honours_medalstage s
          LEFT JOIN honours_medalgrant g ON g.stage_id = s.id
          LEFT JOIN members_member m ON m.id = g.member_id AND m.is_active
         GROUP BY s.id) AS counted
 WHERE s.id = counted.id AND (s.holders, s.share) <> (counted.holders, counted.share)
"""


def ensure_medals() -> None:
    """Create the medals and stages that rooms register and that are missing."""
    for position, kind in enumerate(medals.kinds()):
        medal, _is_new = Medal.objects.get_or_create(
            slug=kind.slug,
            defaults={
                "name": kind.name,
                "name_zh": kind.name_zh,
                "description": kind.description,
                "description_zh": kind.description_zh,
                "icon": kind.icon,
                "is_by_rule": True,
                "position": position,
            },
        )
        stages = [MedalStage(medal=medal, number=number) for number in kind.stages]
        MedalStage.objects.bulk_create(stages, ignore_conflicts=True)


def grant_due(*, at: datetime) -> int:
    """Grant whatever was earned by rule and is not granted yet; how many. Run twice, the same."""
    granted = 0
    for kind in medals.kinds():
        query, values = kind.reached(at)
        with connection.cursor() as cursor:
            cursor.execute(_GRANT_ALL.format(query=query), [at, *values, kind.slug])
            granted += int(cursor.rowcount)
    recount()
    return granted


def give(*, stage: MedalStage, member: Member, by: Member, reason: str, at: datetime) -> bool:
    """Give a medal by hand, saying why; False when the member holds it already."""
    try:
        with transaction.atomic():
            MedalGrant.objects.create(
                member=member, stage=stage, given_by=by, reason=reason, granted_at=at
            )
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") == "medalgrant_once_a_stage":
            return False
        raise
    recount()
    return True


def recount() -> None:
    """Count anew how many members hold each stage."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
