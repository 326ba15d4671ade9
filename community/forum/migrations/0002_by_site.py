
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='is_by_site',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(
            "UPDATE forum_post SET is_by_site = true WHERE author_id IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('is_by_site', False), ('author', None), _connector='OR'), name='post_by_site_or_member'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'announcement'), _negated=True), ('author', None), _connector='OR'), name='topic_announced_by_site'),
        ),
    ]
