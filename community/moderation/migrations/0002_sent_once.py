from django.db import migrations, models


def once(model: str, name: str) -> migrations.SeparateDatabaseAndState:
    """A unique index that is built while the table is written to."""
    table = f"moderation_{model}"
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.AddConstraint(
                model_name=model,
                constraint=models.UniqueConstraint(
                    fields=["member", "by", "submission_key"],
                    condition=models.Q(("submission_key__isnull", False)),
                    name=name,
                ),
            ),
        ],
        database_operations=[
            migrations.RunSQL(
                f"CREATE UNIQUE INDEX CONCURRENTLY {name}"
                f" ON {table} (member_id, by_id, submission_key)"
                " WHERE submission_key IS NOT NULL",
                f"DROP INDEX CONCURRENTLY {name}",
            ),
        ],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="submission_key",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="submission_key",
            field=models.UUIDField(blank=True, null=True),
        ),
        once("note", "note_written_once"),
        once("sanction", "sanction_given_once"),
    ]
