"""What pages, the report and the award read of ballots: counts, rows, and who may see them."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from community.builds.models import Build, Install
from community.builds.permissions import can_publish
from community.members.models import Member
from community.members.permissions import User
from community.members.prepared import Statement
from feedback.fourgrid.models import Ballot, FeatureTally

ROWS_AT_A_TIME = 5_000
# Rough results say nothing of fewer voters, and change no quicker than this.
FEWEST_NAMED = 20
ROUGH_SECONDS = 60
TENTH = 10
OVER = (Build.State.CLOSED, Build.State.AWARDED)


class BallotCount(NamedTuple):
    """The ballots of a build by mood; those of staff are in ``staff`` alone."""

    ballots: int
    verified: int
    staff: int
    happy: int
    in_love: int
    hopeful: int
    sad: int


class FeatureCount(NamedTuple):
    """The verdicts on one feature; every feature of the build has a row."""

    feature_id: int
    loved_most: int
    loved: int
    let_down: int
    let_down_most: int

    @property
    def loves(self) -> int:
        return self.loved_most + self.loved

    @property
    def let_downs(self) -> int:
        return self.let_down_most + self.let_down

    @property
    def named(self) -> int:
        return self.loves + self.let_downs


class WishCount(NamedTuple):
    """How many ballots look forward to a proposal, and how many to it first."""

    proposal_id: int
    named: int
    named_first: int


class MyBallot(NamedTuple):
    """How far a member has come with a build's four grids."""

    saved_at: datetime | None
    drafted: int  # cells of a draft that is not sent

    def __bool__(self) -> bool:
        return self.saved_at is not None


class SnapshotRow(NamedTuple):
    """One ballot as the award reads it (award-method §1).

    ``age_days``: whole days of the account at publication, 0 when it is younger than the build;
    ``hour``: whole hours from the opening to the last save; ``family`` "" when unknown; features
    in order, the first is the "most"; ``receipt`` 32 bytes.
    """

    member_id: int
    age_days: int
    hour: int
    family: str
    loved: list[int]
    let_down: list[int]
    receipt: bytes
    is_staff: bool


# Verdicts on one's own work are left out, as in the award: what the one counts and the other does
# not would be what a known engineer voted.
COUNT_FEATURES = """
WITH own AS (
    SELECT coalesce(engineer.member_id, standing.member_id) AS member_id, credit.feature_id
      FROM builds_credit credit
      JOIN builds_feature feature ON feature.id = credit.feature_id
       AND feature.build_id = %(build)s
      JOIN builds_engineer engineer ON engineer.id = credit.engineer_id
      LEFT JOIN builds_engineer standing ON standing.id = engineer.merged_into_id
)
SELECT f.id,
       count(*) FILTER (WHERE named.is_love AND named.place = 1),
       count(*) FILTER (WHERE named.is_love AND named.place > 1),
       count(*) FILTER (WHERE NOT named.is_love AND named.place > 1),
       count(*) FILTER (WHERE NOT named.is_love AND named.place = 1)
  FROM builds_feature f
  LEFT JOIN (
      SELECT cells.feature, cells.place, cells.is_love
        FROM fourgrid_ballot b
       CROSS JOIN LATERAL (
           SELECT loved.feature, loved.place, true
             FROM unnest(b.loved) WITH ORDINALITY AS loved (feature, place)
            UNION ALL
           SELECT let_down.feature, let_down.place, false
             FROM unnest(b.let_down) WITH ORDINALITY AS let_down (feature, place)
       ) AS cells (feature, place, is_love)
       WHERE b.build_id = %(build)s AND NOT b.is_staff
         AND NOT EXISTS (SELECT FROM own WHERE own.member_id = b.member_id
                                           AND own.feature_id = cells.feature)
  ) named ON named.feature = f.id
 WHERE f.build_id = %(build)s
 GROUP BY f.id, f.position
 ORDER BY f.position
"""

# A draft older than the ballot was sent. Asked by each hit of home and build page.
MY_BALLOT = Statement(
    "fourgrid_my_ballot",
    """
    SELECT b.saved_at,
           (SELECT count(*) FROM jsonb_object_keys(d.content) AS cell
             WHERE cell IN ('mood', 'loved', 'let_down', 'wishes')) AS drafted
      FROM (SELECT $1::bigint AS member_id, $2::bigint AS build_id) AS asked
      LEFT JOIN fourgrid_ballot b USING (member_id, build_id)
      LEFT JOIN fourgrid_ballotdraft d ON d.member_id = asked.member_id
       AND d.build_id = asked.build_id AND (b.saved_at IS NULL OR d.saved_at > b.saved_at)
    """,
)
NO_BALLOT = MyBallot(None, 0)

COUNT_WISHES = """
SELECT wish.proposal, count(*), count(*) FILTER (WHERE wish.place = 1)
  FROM fourgrid_ballot b
 CROSS JOIN LATERAL unnest(b.wishes) WITH ORDINALITY AS wish (proposal, place)
 WHERE b.build_id = %(build)s AND NOT b.is_staff
 GROUP BY wish.proposal
 ORDER BY count(*) DESC, wish.proposal
"""

# What is older or later is cut to whole days and hours here: a million times a week.
SNAPSHOT = """
SELECT b.member_id,
       greatest(0, floor(extract(epoch FROM published_at - m.date_joined) / 86400))::integer,
       greatest(0, floor(extract(epoch FROM b.saved_at - ballots_open_at) / 3600))::integer,
       b.family, b.loved, b.let_down, b.receipt, b.is_staff
  FROM fourgrid_ballot b
  JOIN members_member m ON m.id = b.member_id
  JOIN builds_build ON builds_build.id = b.build_id
 WHERE b.build_id = %(build)s
"""


def count_ballots(build_id: int) -> BallotCount:
    """Count a build's ballots as they stand now."""
    ours = Q(is_staff=False)
    moods = {mood.name.lower(): Count("pk", filter=ours & Q(mood=mood)) for mood in Ballot.Mood}
    return BallotCount(
        **Ballot.objects.filter(build=build_id)
        .with_verification()
        .aggregate(
            ballots=Count("pk", filter=ours),
            verified=Count("pk", filter=ours & Q(is_verified=True)),
            staff=Count("pk", filter=~ours),
            **moods,
        )
    )


def count_features(build_id: int) -> list[FeatureCount]:
    """Count the verdicts of others on every feature of a build, in the order of the list."""
    return [FeatureCount(*row) for row in _rows(COUNT_FEATURES, build_id)]


def feature_counts(build: Build) -> list[FeatureCount]:
    """The verdicts on a build's features: as tallied, provisional while ballots are open."""
    if is_provisional(build):
        return count_features(build.pk)
    stored = FeatureTally.objects.filter(tally__build=build).order_by("feature__position")
    return [FeatureCount(*row) for row in stored.values_list(*FeatureCount._fields)]


def count_wishes(build_id: int) -> list[WishCount]:
    """Count what a build's ballots look forward to, most named first."""
    return [WishCount(*row) for row in _rows(COUNT_WISHES, build_id)]


def _rows(sql: str, build_id: int) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"build": build_id})
        rows: list[tuple[int, ...]] = cursor.fetchall()
        return rows


def my_ballot(user: User, build: Build) -> MyBallot:
    """How far somebody has come; visitors nowhere."""
    row = MY_BALLOT.row(user.pk, build.pk) if user.pk else None
    if row is None:
        return NO_BALLOT
    saved_at = row["saved_at"] and datetime.fromisoformat(row["saved_at"])
    return MyBallot(saved_at, row["drafted"] or 0)


def ballot_of(member: Member, build: Build) -> Ballot | None:
    """A member's own ballot on a build."""
    return Ballot.objects.filter(build=build, member=member).first()


def may_see_exact(user: User, build: Build) -> bool:
    """Exact results: everybody's once the window has closed, before only the managers'."""
    return build.published_at is not None and (build.state in OVER or can_publish(user, build))


def may_see_rough(user: User, build: Build) -> bool:
    """Rough results: a voter's as well, where the build's rule says so, while ballots are open."""
    if may_see_exact(user, build):
        return True
    is_shown = build.result_rule == Build.ResultRule.AFTER_VOTING
    return is_shown and build.state == Build.State.PUBLISHED and bool(my_ballot(user, build))


def is_provisional(build: Build) -> bool:
    """Whether its numbers can still change."""
    return build.state not in OVER


def rough_verdicts(build_id: int) -> dict[int, int]:
    """How many in ten loved a feature among those who named it, for features many have named."""
    key = f"fourgrid:rough:{build_id}"
    rough: dict[int, int] | None = cache.get(key)
    if rough is None:
        rough = _rough_verdicts(build_id)
        cache.set(key, rough, ROUGH_SECONDS)
    return rough


def _rough_verdicts(build_id: int) -> dict[int, int]:
    return {
        row.feature_id: round(TENTH * row.loves / row.named)
        for row in count_features(build_id)
        if row.named >= FEWEST_NAMED
    }


def eligible_members(build: Build, at: datetime) -> QuerySet[Member]:
    """Members who may vote on a build at a moment; staff, counted apart, are left out."""
    address = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    members: QuerySet[Member] = Member.objects.in_good_standing(at).filter(
        Exists(address), is_staff=False, date_joined__lt=at
    )
    return meeting_rules(members, build, at)


def meeting_rules(members: QuerySet[Member], build: Build, at: datetime) -> QuerySet[Member]:
    """Those of some members whom the build's own rules let vote at a moment."""
    if build.requires_older_account:
        members = members.filter(date_joined__lt=build.published_at)
    if build.requires_verified_install:
        installs = Install.objects.filter(
            build=build, device__member=OuterRef("pk"), reported_at__lt=at
        )
        members = members.filter(Exists(installs))
    return members


def snapshot_rows(build_id: int) -> Iterator[SnapshotRow]:
    """Every ballot of a published build, staff's too, read in portions, in no order."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(SNAPSHOT, {"build": build_id})
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from starmap(SnapshotRow, rows)


def voted_in(member: Member, builds: Collection[int]) -> set[int]:
    """Those of the builds on which a member has a ballot."""
    theirs = Ballot.objects.filter(member=member, build__in=builds)
    return set(theirs.values_list("build", flat=True))
