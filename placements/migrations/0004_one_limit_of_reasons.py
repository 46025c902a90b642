"""Why something was done may be told as long everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0003_kept_together"),
    ]

    operations = [
        migrations.AlterField(
            model_name="match",
            name="answer_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason of the answer"),
        ),
        migrations.AlterField(
            model_name="match",
            name="reason",
            field=models.CharField(max_length=500, verbose_name="why this match"),
        ),
    ]
