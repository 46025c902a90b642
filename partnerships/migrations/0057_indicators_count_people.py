"""An indicator says whether it counts people with a distance to the labour market."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0056_stories_in_versions")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="counts_distance",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="counts people with a distance to the labour market",
            ),
        ),
    ]
