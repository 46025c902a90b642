"""And those of before."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0052_successors_hold")]
    operations = [
        ValidateConstraint("initiative", "initiative_not_its_own_successor"),
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiative VALIDATE CONSTRAINT initiative_successor_fk",
            migrations.RunSQL.noop,
        ),
    ]
