"""Add each entry to its member's balance and level, and refuse to change what was written."""

from django.db import migrations

# Balances are locked in the order of members, so that two statements never wait for each other.
FORWARD = """
CREATE FUNCTION honours_count_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO honours_balance (member_id, experience)
    SELECT DISTINCT member_id, 0 FROM added ORDER BY member_id ON CONFLICT DO NOTHING;
    PERFORM FROM honours_balance WHERE member_id IN (SELECT member_id FROM added)
      ORDER BY member_id FOR UPDATE;
    UPDATE honours_balance b SET experience = b.experience + sums.amount
      FROM (SELECT member_id, sum(amount) AS amount FROM added GROUP BY member_id) sums
     WHERE b.member_id = sums.member_id;

    UPDATE members_member m SET level = width_bucket(b.experience, ARRAY[50, 200, 500, 1000, 3000])
      FROM honours_balance b
     WHERE b.member_id = m.id AND m.id IN (SELECT member_id FROM added)
       AND m.level <> width_bucket(b.experience, ARRAY[50, 200, 500, 1000, 3000]);
    RETURN NULL;
END
$$;
CREATE TRIGGER entry_counts AFTER INSERT ON honours_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION honours_count_entries();

CREATE FUNCTION honours_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added, % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honours_entry
    FOR EACH STATEMENT EXECUTE FUNCTION honours_refuse_change();

-- Levels that were given before there were entries stand.
INSERT INTO honours_entry (member_id, rule, version, source, amount, at)
SELECT id, 'brought', 1, 'elsewhere', (ARRAY[50, 200, 500, 1000, 3000])[level], date_joined
  FROM members_member WHERE level BETWEEN 1 AND 5 ORDER BY id;
"""

BACKWARD = """
DROP TRIGGER entry_counts ON honours_entry;
DROP FUNCTION honours_count_entries();
DROP TRIGGER entry_append_only ON honours_entry;
DROP FUNCTION honours_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
