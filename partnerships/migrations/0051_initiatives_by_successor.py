"""What an initiative goes on with, is found in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0050_successors_of_initiatives")]
    operations = [
        AddIndexConcurrently("initiative", models.Index(fields=["successor"], name="initiative_successor")),
    ]
