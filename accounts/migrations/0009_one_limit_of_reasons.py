"""Why something was done may be told as long everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_privacy"),
    ]

    operations = [
        migrations.AlterField(
            model_name="supportact",
            name="reason",
            field=models.CharField(max_length=500, verbose_name="reason"),
        ),
    ]
