"""A medal that has ended can be held again; the new index is there before the old one goes."""

from django.db import migrations, models

FORWARD = """
CREATE UNIQUE INDEX CONCURRENTLY medalgrant_held_once
    ON honours_medalgrant (member_id, stage_id) WHERE ended_at IS NULL
"""
BACKWARD = "DROP INDEX CONCURRENTLY medalgrant_held_once"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("honours", "0005_medals_end")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="medalgrant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=["member", "stage"],
                        name="medalgrant_held_once",
                    ),
                ),
            ],
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
        ),
        migrations.RemoveConstraint(model_name="medalgrant", name="medalgrant_once_a_stage"),
    ]
