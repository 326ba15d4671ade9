from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("builds", "0002_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='build',
            name='build_once_a_release_day',
        ),
        migrations.AlterField(
            model_name='build',
            name='award_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Popcorn Award'),
        ),
        migrations.AlterField(
            model_name='build',
            name='ballots_close_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ballots close'),
        ),
        migrations.AlterField(
            model_name='build',
            name='ballots_open_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ballots open'),
        ),
        migrations.AlterField(
            model_name='build',
            name='freeze_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='change list is frozen'),
        ),
        migrations.AlterField(
            model_name='build',
            name='inner_test_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='inner test begins'),
        ),
        migrations.AlterField(
            model_name='build',
            name='plan_due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='plan is due'),
        ),
        migrations.AlterField(
            model_name='build',
            name='publish_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='build goes out'),
        ),
        migrations.AlterField(
            model_name='build',
            name='release_on',
            field=models.DateField(blank=True, null=True, verbose_name='release day'),
        ),
        migrations.AlterField(
            model_name='build',
            name='reminder_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='reminder to vote'),
        ),
        migrations.AlterField(
            model_name='build',
            name='slot_returns_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='first slot returns to Orange Friday'),
        ),
        migrations.AlterField(
            model_name='build',
            name='slot_turns_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='first slot turns to the four-grid report'),
        ),
        migrations.AlterField(
            model_name='build',
            name='tally_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tally and vote report'),
        ),
        migrations.AlterField(
            model_name='build',
            name='wishes_close_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='wish round closes'),
        ),
        migrations.AlterField(
            model_name='build',
            name='wishes_open_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='wish round opens'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('product', 'channel', 'release_on'), name='build_once_a_release_day'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('ballots_open_at__gte', models.F('publish_at')), ('ballots_open_at', None), ('publish_at', None), ('published_at__isnull', False), _connector='OR'), name='build_ballots_open_after_publish'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('wishes_close_at__gt', models.F('wishes_open_at')), ('wishes_open_at', None), ('wishes_close_at', None), _connector='OR'), name='build_wishes_close_after_wishes_open'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('plan_due_at__gt', models.F('wishes_close_at')), ('wishes_close_at', None), ('plan_due_at', None), _connector='OR'), name='build_plan_due_after_wishes_close'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('freeze_at__gt', models.F('plan_due_at')), ('plan_due_at', None), ('freeze_at', None), _connector='OR'), name='build_freeze_after_plan_due'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('inner_test_at__gt', models.F('freeze_at')), ('freeze_at', None), ('inner_test_at', None), _connector='OR'), name='build_inner_test_after_freeze'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('publish_at__gt', models.F('inner_test_at')), ('inner_test_at', None), ('publish_at', None), _connector='OR'), name='build_publish_after_inner_test'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('slot_turns_at__gt', models.F('publish_at')), ('publish_at', None), ('slot_turns_at', None), _connector='OR'), name='build_slot_turns_after_publish'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('reminder_at__gt', models.F('slot_turns_at')), ('slot_turns_at', None), ('reminder_at', None), _connector='OR'), name='build_reminder_after_slot_turns'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('ballots_close_at__gt', models.F('reminder_at')), ('reminder_at', None), ('ballots_close_at', None), _connector='OR'), name='build_ballots_close_after_reminder'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('award_at__gt', models.F('tally_at')), ('tally_at', None), ('award_at', None), _connector='OR'), name='build_award_after_tally'),
        ),
        migrations.AddConstraint(
            model_name='build',
            constraint=models.CheckConstraint(condition=models.Q(('slot_returns_at__gt', models.F('award_at')), ('award_at', None), ('slot_returns_at', None), _connector='OR'), name='build_slot_returns_after_award'),
        ),
    ]
