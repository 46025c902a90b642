"""An SROI activity says for how many people with a distance to the labour market it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0057_indicators_count_people")]

    operations = [
        migrations.AddField(
            model_name="socialreturnactivity",
            name="people",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="people with a distance to the labour market"
            ),
        ),
    ]
