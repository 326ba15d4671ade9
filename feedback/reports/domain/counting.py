"""Counts the ballots of a build in one statement, by groups of voters alike in every dimension."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

# One statement, so that a report on an open window sees one moment; each ballot is taken apart as
# it is read, so that nothing but the counts has to be kept. ``verified`` says the same as
# BallotQuerySet.with_verification, for all voters at once instead of voter by voter.
COUNT = """
WITH verified AS (
    SELECT DISTINCT device.member_id
      FROM builds_install AS install
      JOIN members_device AS device ON device.id = install.device_id
      JOIN builds_build AS build ON build.id = install.build_id
     WHERE build.id = %(build)s
       AND (build.closed_at IS NULL OR install.reported_at < build.closed_at)
)
SELECT family, level, region, verified.member_id IS NOT NULL AS is_verified,
       kind, is_first, answer, count(*)
  FROM fourgrid_ballot AS ballot
  LEFT JOIN verified USING (member_id)
 CROSS JOIN LATERAL (
     SELECT 'mood' AS kind, false AS is_first, mood::bigint AS answer
      UNION ALL
     SELECT 'loved', place = 1, feature
       FROM unnest(loved) WITH ORDINALITY AS named (feature, place)
      UNION ALL
     SELECT 'let_down', place = 1, feature
       FROM unnest(let_down) WITH ORDINALITY AS named (feature, place)
      UNION ALL
     SELECT 'wishes', place = 1, proposal
       FROM unnest(wishes) WITH ORDINALITY AS named (proposal, place)
      UNION ALL
     SELECT CASE WHEN place LIKE 'feature:%%' THEN 'comment' ELSE 'comment_' || place END, false,
            CASE WHEN place LIKE 'feature:%%' THEN substr(place, 9)::bigint ELSE 0 END
       FROM jsonb_object_keys(comments) AS place
 ) AS answers
 WHERE build_id = %(build)s AND NOT is_staff
 GROUP BY family, level, region, is_verified, kind, is_first, answer
 UNION ALL
SELECT NULL, NULL, NULL, NULL, 'hour', NULL,
       floor(extract(epoch FROM first_saved_at - %(opened)s) / 3600)::bigint AS hour, count(*)
  FROM fourgrid_ballot
 WHERE build_id = %(build)s AND NOT is_staff
 GROUP BY hour
"""

FIRST = {"loved": "loved_most", "let_down": "let_down_most", "wishes": "wishes_first"}


class Voters(NamedTuple):
    """What a group of voters has in common, as it stands on their ballots."""

    family: str
    level: int
    region: str
    is_verified: bool


@dataclass
class Answers:
    """Ballots of some voters by what they answer.

    Kinds and answers: mood – a Ballot.Mood; loved_most, loved, let_down, let_down_most, comment –
    a feature; wishes_first, wishes – a proposal; comment_mood, comment_loved, comment_let_down,
    comment_wishes – 0.
    """

    ballots: int = 0
    verified: int = 0
    kinds: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass
class Counted:
    """Ballots of one build, those of staff left out.

    ``groups`` holds the ballots of each group, ``cells`` (position of the group, kind, answer,
    ballots); ``hours`` counts first saves by hours since the window opened.
    """

    groups: dict[Voters, int] = field(default_factory=dict)
    cells: list[tuple[int, str, int, int]] = field(default_factory=list)
    hours: dict[int, int] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        return sum(self.groups.values())

    def whole(self) -> Answers:
        return self.by([""] * len(self.groups)).get("", Answers())

    def by(self, labels: Sequence[str]) -> dict[str, Answers]:
        """Answers by label; ``labels`` gives every group its own, in the order of ``groups``."""
        found: defaultdict[str, Answers] = defaultdict(Answers)
        for label, (voters, ballots) in zip(labels, self.groups.items(), strict=True):
            found[label].ballots += ballots
            found[label].verified += ballots if voters.is_verified else 0
        for group, kind, answer, ballots in self.cells:
            found[labels[group]].kinds[kind][answer] += ballots
        return dict(found)


Row = tuple[str, int, str, bool, str, bool, int, int]


def count(*, build_id: int, opened_at: datetime) -> Counted:
    """Count all ballots of a build as they stand now, in a time that grows with their number."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"build": build_id, "opened": opened_at})
        return _gather(cursor.fetchall())


def _gather(rows: Iterable[Row]) -> Counted:
    counted = Counted()
    places: dict[Voters, int] = {}
    for family, level, region, is_verified, kind, is_first, answer, ballots in rows:
        if kind == "hour":
            counted.hours[answer] = ballots
            continue
        voters = Voters(family, level, region, is_verified)
        place = places.setdefault(voters, len(places))
        if kind == "mood":
            counted.groups[voters] = counted.groups.get(voters, 0) + ballots
        counted.cells.append((place, FIRST[kind] if is_first else kind, answer, ballots))
    # In the order of their places, which is what labels go by.
    counted.groups = {voters: counted.groups[voters] for voters in places}
    return counted
