"""Refuse, in the database, to change or remove a saved version of a ballot."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION fourgrid_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added, % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER ballotversion_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON fourgrid_ballotversion
    FOR EACH STATEMENT EXECUTE FUNCTION fourgrid_refuse_change();
"""

BACKWARD = """
DROP TRIGGER ballotversion_append_only ON fourgrid_ballotversion;
DROP FUNCTION fourgrid_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("fourgrid", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
