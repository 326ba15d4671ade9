
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='shows_devices',
            field=models.BooleanField(default=True, verbose_name='show my devices on my profile'),
        ),
    ]
