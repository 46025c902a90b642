"""A partnership goes on as another one: new rows are held to that from now on, those that are there in the next step."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0028_cooperation_stands")]

    operations = [
        AddConstraintNotValid(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("successor", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="partnership_not_its_own_successor",
            ),
        ),
    ]
