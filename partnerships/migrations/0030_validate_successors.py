"""The rows that were there are looked at without keeping anyone waiting."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0029_no_partnership_follows_itself")]

    operations = [ValidateConstraint(model_name="partnership", name="partnership_not_its_own_successor")]
