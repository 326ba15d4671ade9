"""What is kept for a while only: addresses of the network are shortened, old tries forgotten."""

from datetime import datetime, timedelta

from axes.models import AccessFailureLog
from django.db import connection

ADDRESSES_STAY = timedelta(days=90)

# The network somebody came from: /24 of an IPv4 address, /48 of an IPv6 one.
_SHORTEN = """
UPDATE {table} SET {address} = short.address
  FROM (SELECT id, set_masklen(network(set_masklen(
                   {address}, CASE family({address}) WHEN 4 THEN 24 ELSE 48 END
               )), CASE family({address}) WHEN 4 THEN 32 ELSE 128 END) AS address
          FROM {table} WHERE {moment} < %s AND {address} IS NOT NULL) AS short
 WHERE {table}.id = short.id AND {table}.{address} <> short.address
"""
_TABLES = (
    {"table": "usersessions_usersession", "address": "ip", "moment": "last_seen_at"},
    {"table": "axes_accessattempt", "address": "ip_address", "moment": "attempt_time"},
)


def shorten_addresses(*, at: datetime) -> int:
    """Shorten addresses that are 90 days old; how many. Run twice, the same."""
    count = 0
    with connection.cursor() as cursor:
        for names in _TABLES:
            cursor.execute(_SHORTEN.format(**names), [at - ADDRESSES_STAY])
            count += cursor.rowcount
    return count


def forget_failures(*, at: datetime) -> int:
    """Forget wrong passwords of 90 days ago; how many."""
    old = AccessFailureLog.objects.filter(attempt_time__lt=at - ADDRESSES_STAY)
    return int(old.delete()[0])
