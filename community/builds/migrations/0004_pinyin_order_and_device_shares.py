from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("builds", "0003_week_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name='engineer',
            name='name_sort_key',
            field=models.CharField(default='', editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='productdevice',
            name='share',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True, verbose_name='share of the installed base'),
        ),
        migrations.AlterField(
            model_name='productdevice',
            name='family',
            field=models.CharField(max_length=40, verbose_name='device family'),
        ),
        migrations.AddIndex(
            model_name='engineer',
            index=models.Index(fields=['name_sort_key', 'id'], name='engineer_by_pinyin'),
        ),
        migrations.AddConstraint(
            model_name='productdevice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('share__gte', 0), ('share__lte', 1)), ('share', None), _connector='OR'), name='productdevice_share_is_share'),
        ),
    ]
