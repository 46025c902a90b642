"""The action lines that were there hold to it too."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0016_action_lines_held")]
    operations = [
        *[
            migrations.RunSQL(
                f"ALTER TABLE partnerships_actionline VALIDATE CONSTRAINT partnerships_actionline_{column}_fk",
                migrations.RunSQL.noop,
            )
            for column in ("owner_id", "group_id")
        ],
        ValidateConstraint("actionline", "action_line_ends_after_start"),
        ValidateConstraint("actionline", "action_line_ended_has_last_day"),
    ]
