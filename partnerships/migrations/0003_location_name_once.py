"""A closed location no longer keeps its name from a new one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_search")]

    operations = [
        migrations.RemoveConstraint(model_name="location", name="location_name_once"),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("organisation", "name"),
                name="location_name_once",
                violation_error_message="There is already a location with this name.",
            ),
        ),
    ]
