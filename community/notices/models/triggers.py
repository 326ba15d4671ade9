"""The unread count of each member, kept in the statement that changes notices.

A count that is read and written back loses what happens in between; these add and subtract under
the row's own lock. Statement triggers: 10 000 members told at once are one update, in their order.
"""

import pgtrigger


def _rows(**names: str) -> pgtrigger.Referencing:
    """What the statement changed, under these names."""
    return pgtrigger.Referencing(**names)


_COUNTED = "FILTER (WHERE read_at IS NULL AND is_on_site)"

_add = pgtrigger.Trigger(
    name="notice_adds_to_inbox",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=_rows(new="new_rows"),
    func=f"""
        INSERT INTO notices_inbox (member_id, unread)
        SELECT member_id, count(*) {_COUNTED} FROM new_rows GROUP BY member_id ORDER BY member_id
        ON CONFLICT (member_id) DO UPDATE SET unread = notices_inbox.unread + EXCLUDED.unread;
        RETURN NULL;
    """,  # noqa: S608 - constants of this module
)

_change = pgtrigger.Trigger(
    name="notice_changes_inbox",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    referencing=_rows(old="old_rows", new="new_rows"),
    func=f"""
        UPDATE notices_inbox AS inbox SET unread = inbox.unread + changed.difference
          FROM (SELECT member_id, coalesce(sum(n) {_COUNTED}, 0) AS difference
                  FROM (SELECT member_id, read_at, is_on_site, 1 AS n FROM new_rows
                        UNION ALL
                        SELECT member_id, read_at, is_on_site, -1 FROM old_rows) AS rows
                 GROUP BY member_id) AS changed
         WHERE inbox.member_id = changed.member_id AND changed.difference <> 0;
        RETURN NULL;
    """,  # noqa: S608 - constants of this module
)

_subtract = pgtrigger.Trigger(
    name="notice_leaves_inbox",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    referencing=_rows(old="old_rows"),
    func=f"""
        UPDATE notices_inbox AS inbox SET unread = inbox.unread - gone.n
          FROM (SELECT member_id, count(*) {_COUNTED} AS n FROM old_rows GROUP BY member_id) AS gone
         WHERE inbox.member_id = gone.member_id AND gone.n > 0;
        RETURN NULL;
    """,  # noqa: S608 - constants of this module
)

COUNTING = [_add, _change, _subtract]
