"""A partnership says within how many days an organisation reacts to an improvement proposal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0064_initiatives_by_publication")]
    operations = [
        migrations.AddField(
            model_name="partnership",
            name="proposal_days",
            field=models.PositiveSmallIntegerField(
                db_default=10, default=10, verbose_name="days to react to a proposal"
            ),
        ),
    ]
