"""Finding places leaves out those of organisations that are over: few, and none in most weeks, so that no list reads them all."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0007_names_are_names")]

    operations = [
        AddIndexConcurrently(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("valid_until__isnull", False)),
                fields=["valid_until"],
                name="organisation_over",
            ),
        ),
    ]
