"""The table of the cache: limits on signing in and used codes, for minutes."""

from django.db import migrations

# Unlogged: a crash of the database may forget them.
FORWARD = """
CREATE UNLOGGED TABLE orangefriday_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX orangefriday_cache_expires ON orangefriday_cache (expires);
"""

BACKWARD = "DROP TABLE orangefriday_cache;"


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
