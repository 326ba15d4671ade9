"""Granting medals by rule or by hand, and ending them: a member holds a stage once at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from community.honours import medals
from community.honours.domain.telling import news_of, news_of_end
from community.honours.models import Medal, MedalGrant, MedalStage
from community.honours.models.medals import MedalGrantQuerySet
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry
from community.notices.domain.telling import Telling, tell_each

# In the staff log.
GIVEN, TAKEN_BACK = "give_medal", "take_medal"

_GRANT_ALL = """
INSERT INTO honours_medalgrant (member_id, stage_id, granted_at, reason, end_reason)
SELECT earned.member_id, s.id, %s, '', ''
  FROM ({query}) AS earned (member_id, reached)
  JOIN honours_medal m ON m.slug = %s
  JOIN honours_medalstage s ON s.medal_id = m.id AND s.number <= earned.reached
 WHERE earned.member_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM honours_medalgrant g
                    WHERE g.member_id = earned.member_id AND g.stage_id = s.id)
 ORDER BY 1, 2
ON CONFLICT (member_id, stage_id) WHERE ended_at IS NULL DO NOTHING
RETURNING member_id, stage_id
"""
_RECOUNT = """
UPDATE honours_medalstage s SET holders = counted.holders, share = counted.share
  FROM (SELECT s.id, count(m.id) AS holders,
               coalesce(count(m.id)::float
                        / nullif((SELECT count(*) FROM members_member WHERE is_active), 0), 0)
                   AS share
          FROM honours_medalstage s
          LEFT JOIN honours_medalgrant g ON g.stage_id = s.id AND g.ended_at IS NULL
               AND (g.expires_at IS NULL OR g.expires_at > %s)
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
    """Grant whatever was earned by rule and is not granted yet; how many. Run twice, the same.

    What staff took back is not granted again.
    """
    granted = 0
    for kind in medals.kinds():
        query, values = kind.reached(at)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_GRANT_ALL.format(query=query), [at, *values, kind.slug])
                rows = cursor.fetchall()
            tell_each(_news(rows), at=at)
        granted += len(rows)
    end_run_out(at=at)
    return granted


def give(*, stage: MedalStage, member: Member, by: Member, reason: str, at: datetime) -> bool:
    """Give a medal by hand, saying why; False when the member holds it already."""
    days = stage.medal.lasts_days
    try:
        with transaction.atomic():
            _end_run_out(MedalGrant.objects.filter(member=member, stage=stage), at)
            given = MedalGrant.objects.create(
                member=member,
                stage=stage,
                given_by=by,
                reason=reason,
                granted_at=at,
                expires_at=at + timedelta(days=days) if days else None,
            )
            _record(given, GIVEN, by=by, at=at, reason=reason)
            tell_each([news_of(stage, [member.pk], source=f"medalgrant:{given.pk}")], at=at)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") == "medalgrant_held_once":
            return False
        raise
    recount(at=at)
    return True


def take_back(
    *, grant: MedalGrant, by: Member, reason: str, at: datetime, undoes: LogEntry | None = None
) -> bool:
    """End a grant before its time, saying why to its member; False when it has ended already."""
    with transaction.atomic():
        held = MedalGrant.objects.held(at).filter(pk=grant.pk)
        if not held.update(ended_at=at, ended_by=by, end_reason=reason):
            return False
        _record(grant, TAKEN_BACK, by=by, at=at, reason=reason, undoes=undoes)
        tell_each([news_of_end(grant, reason)], at=at)
    recount(at=at)
    return True


def bring_back(*, grant: MedalGrant, by: Member, at: datetime, undoes: LogEntry) -> None:
    """Grant anew what was taken back, as it was."""
    with transaction.atomic():
        MedalGrant.objects.bulk_create(
            [
                MedalGrant(
                    member_id=grant.member_id,
                    stage_id=grant.stage_id,
                    granted_at=grant.granted_at,
                    given_by_id=grant.given_by_id,
                    reason=grant.reason,
                    expires_at=grant.expires_at,
                )
            ],
            ignore_conflicts=True,  # somebody gave it meanwhile
        )
        _record(grant, GIVEN, by=by, at=at, reason=grant.reason, undoes=undoes)
    recount(at=at)


def end_run_out(*, at: datetime) -> None:
    """Write down which medals have run out, and count anew."""
    _end_run_out(MedalGrant.objects.all(), at)
    recount(at=at)


def recount(*, at: datetime) -> None:
    """Count anew how many members hold each stage."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [at])


def _end_run_out(grants: MedalGrantQuerySet, at: datetime) -> None:
    grants.run_out(at).update(ended_at=F("expires_at"))


def _news(rows: Collection[tuple[int, int]]) -> list[Telling]:
    """Of rows of (member, stage) of one medal: each member hears of the highest."""
    granted = {stage for _member, stage in rows}
    stages = MedalStage.objects.filter(pk__in=granted).select_related("medal").order_by("number")
    highest = {member: stage for stage in stages for member, reached in rows if reached == stage.pk}
    by_stage: dict[MedalStage, list[int]] = {}
    for member, stage in highest.items():
        by_stage.setdefault(stage, []).append(member)
    return [news_of(stage, members) for stage, members in by_stage.items()]


def _record(
    grant: MedalGrant,
    act: str,
    *,
    by: Member,
    at: datetime,
    reason: str,
    undoes: LogEntry | None = None,
) -> None:
    record(
        by=by,
        act=act,
        subject=f"member:{grant.member.username}",
        at=at,
        detail={"grant": grant.pk, "medal": grant.stage.medal.name, "reason": reason},
        undoes=undoes,
    )
