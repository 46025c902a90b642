"""Whose initiatives they are, is found in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0042_owners_of_initiatives")]
    operations = [
        AddIndexConcurrently("initiative", models.Index(fields=["owner"], name="initiative_owner")),
    ]
