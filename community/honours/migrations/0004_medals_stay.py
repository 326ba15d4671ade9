"""Refuse to change what was granted."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER medalgrant_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honours_medalgrant
    FOR EACH STATEMENT EXECUTE FUNCTION honours_refuse_change();
"""
BACKWARD = "DROP TRIGGER medalgrant_append_only ON honours_medalgrant;"


class Migration(migrations.Migration):
    dependencies = [("honours", "0003_medals")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
