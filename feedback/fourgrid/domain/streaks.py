"""Ballot streaks: how many builds of a product in a row a member has voted on."""

from datetime import datetime

from community.honours.medals import Measure, MedalKind

STAGES = (4, 12, 52)
# Of each product the last builds that were counted: a year, and some weeks for the task to come.
BUILDS = 60

# Builds are numbered, and a member's ballots: as long as both count on, the difference stays.
_LONGEST = """
SELECT member_id, max(length) FROM (
    SELECT member_id, count(*) AS length FROM (
        SELECT b.member_id, c.product_id,
               c.place - row_number() OVER (
                   PARTITION BY b.member_id, c.product_id ORDER BY c.place) AS streak
          FROM (SELECT build.id, build.product_id, row_number() OVER latest AS back,
                       row_number() OVER (
                           PARTITION BY build.product_id ORDER BY build.published_at, build.id
                       ) AS place
                  FROM fourgrid_tally t JOIN builds_build build ON build.id = t.build_id
                 WHERE t.counted_at <= %s AND build.channel = 'weekly'
                WINDOW latest AS (
                    PARTITION BY build.product_id ORDER BY build.published_at DESC, build.id DESC)
               ) c
          JOIN fourgrid_ballot b ON b.build_id = c.id AND NOT b.is_staff
         WHERE c.back <= %s) numbered
     GROUP BY member_id, product_id, streak) streaks
 GROUP BY member_id HAVING max(length) >= %s
"""


def longest(at: datetime) -> Measure:
    """The longest streak of each member who has one, among builds counted by then."""
    return _LONGEST, [at, BUILDS, min(STAGES)]


MEDAL = MedalKind(
    slug="ballot-streak",
    name="Never missed a Friday",
    name_zh="周五不缺席",
    description="Fill in your four grids on that many weekly builds in a row.",
    description_zh="连续为这么多个周版本填写四格体验报告。",
    icon="grid",
    stages=STAGES,
    reached=longest,
)
