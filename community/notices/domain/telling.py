"""Telling members something, on the channels they chose: one statement for however many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from community.notices.kinds import kind_of
from community.notices.models import Channel

# Whoever reads it on the site by then gets no mail.
MAIL_AFTER = timedelta(minutes=10)

# Members in the order of their ids: two of these at once wait for each other, never in a circle.
_TELL = """
WITH wanted AS (
    SELECT DISTINCT ON (member.id, said.source) member.id AS member_id, said.*
      FROM unnest(%(members)s::bigint[], %(numbers)s::int[]) AS pair (member_id, number)
      JOIN unnest(%(all)s::int[], %(kinds)s::text[], %(abouts)s::text[], %(sources)s::text[],
                  %(urls)s::text[], %(words)s::jsonb[], %(by)s::bigint[])
           AS said (number, kind, about, source, url, words, by_id) USING (number)
      JOIN members_member AS member ON member.id = pair.member_id AND member.is_active
     WHERE said.by_id IS DISTINCT FROM member.id
     ORDER BY member.id, said.source, said.number
), heard AS (
    INSERT INTO notices_heard (member_id, source, told_at)
    SELECT member_id, source, %(at)s FROM wanted ORDER BY member_id, number
    ON CONFLICT (member_id, source) DO NOTHING
    RETURNING member_id, source
), reach AS (  -- what matrix.py decides for one member
    SELECT number, channel, is_fixed, coalesce(rule.is_allowed, TRUE) AS is_allowed,
           coalesce(rule.is_default, is_on) AS is_on
      FROM unnest(%(reach_numbers)s::int[], %(reach_kinds)s::text[], %(reach_channels)s::text[],
                  %(reach_on)s::bool[], %(reach_fixed)s::bool[])
           AS known (number, kind, channel, is_on, is_fixed)
      LEFT JOIN notices_kindrule AS rule USING (kind, channel)
), routed AS (
    SELECT wanted.member_id, wanted.number, array_agg(reach.channel) AS channels
      FROM wanted JOIN heard USING (member_id, source) JOIN reach USING (number)
      LEFT JOIN notices_choice AS choice
        ON choice.member_id = wanted.member_id AND choice.kind = wanted.kind
       AND choice.channel = reach.channel
     WHERE reach.is_fixed OR (reach.is_allowed AND coalesce(choice.is_on, reach.is_on))
     GROUP BY wanted.member_id, wanted.number
), told AS (
    INSERT INTO notices_notice (member_id, kind, about, count, url, words, by_id,
                                created_at, told_at, is_on_site)
    SELECT member_id, kind, about, 1, url, words, by_id, %(at)s, %(at)s, 'site' = ANY (channels)
      FROM wanted JOIN routed USING (member_id, number)
     ORDER BY member_id, number
    ON CONFLICT (member_id, kind, about) WHERE read_at IS NULL
    DO UPDATE SET count = notices_notice.count + 1, words = EXCLUDED.words,
                  by_id = EXCLUDED.by_id,
                  told_at = greatest(notices_notice.told_at, EXCLUDED.told_at),
                  is_on_site = notices_notice.is_on_site OR EXCLUDED.is_on_site
    RETURNING id, member_id, kind, about
), delivered AS (
    INSERT INTO notices_delivery (notice_id, channel, due_at, attempts)
    SELECT told.id, channel, CASE channel WHEN 'email' THEN %(mail_at)s ELSE %(at)s END, 0
      FROM told JOIN wanted USING (member_id, kind, about) JOIN routed USING (member_id, number)
     CROSS JOIN unnest(routed.channels) AS channel
     WHERE channel = 'email' OR (channel = 'push' AND EXISTS (
           SELECT FROM notices_pushsubscription AS own WHERE own.member_id = told.member_id))
    ON CONFLICT (notice_id, channel) WHERE sent_at IS NULL AND dropped_at IS NULL DO NOTHING
)
SELECT count(*) FROM told
"""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What to tell whom; `source` is what happened: a member hears of it once."""

    kind: str
    members: Iterable[int]
    about: str
    url: str
    words: dict[str, str] = field(default_factory=dict)
    by: int | None = None
    source: str = ""
    # False: whoever tells it sends no mail; the site and push stay as chosen.
    by_mail: bool = True


def tell(
    *,
    kind: str,
    members: Iterable[int],
    about: str,
    url: str,
    words: dict[str, str],
    by: int | None,
    at: datetime,
    source: str = "",
    by_mail: bool = True,
) -> int:
    """Tell members something; gives how many had not heard of it and want to.

    Whoever has an unread notice of this kind about the same has it counted up. A member hears of
    a source once, under whatever kind; by default it is this kind, about this, at this address.
    Nobody is told what they did themselves.
    """
    telling = Telling(
        kind=kind,
        members=members,
        about=about,
        url=url,
        words=words,
        by=by,
        source=source,
        by_mail=by_mail,
    )
    return tell_each([telling], at=at)


def tell_each(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Tell several things in one statement, as `tell` does each.

    Of those with the same source a member hears the first: the most personal one comes first.
    """
    pairs = [(member, n) for n, said in enumerate(tellings) for member in set(said.members)]
    if not pairs:
        return 0
    members, numbers = zip(*pairs, strict=True)
    values: dict[str, Any] = {
        "members": list(members),
        "numbers": list(numbers),
        "all": list(range(len(tellings))),
        "kinds": [said.kind for said in tellings],
        "abouts": [said.about for said in tellings],
        "sources": [said.source or f"{said.kind} {said.about} {said.url}" for said in tellings],
        "urls": [said.url for said in tellings],
        "words": [Jsonb(said.words) for said in tellings],
        "by": [said.by for said in tellings],
        "at": at,
        "mail_at": at + MAIL_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, values | _reach(tellings))
        (told,) = cursor.fetchone()
    return int(told)


def _reach(tellings: Sequence[Telling]) -> dict[str, Any]:
    """What each kind says of each channel, unless an admin or the member chose otherwise."""
    pairs = [
        (n, kind_of(said.kind), channel)
        for n, said in enumerate(tellings)
        for channel in Channel
        if said.by_mail or channel != Channel.EMAIL
    ]
    return {
        "reach_numbers": [n for n, _kind, _channel in pairs],
        "reach_kinds": [kind.name for _n, kind, _channel in pairs],
        "reach_channels": [channel.value for _n, _kind, channel in pairs],
        "reach_on": [channel.value in kind.channels for _n, kind, channel in pairs],
        "reach_fixed": [
            channel == Channel.SITE and not kind.can_be_switched_off for _n, kind, channel in pairs
        ],
    }
