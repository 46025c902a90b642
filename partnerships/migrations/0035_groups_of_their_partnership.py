"""Meetings, decisions and actions name a group and its partnership in one key, so that the two belong together."""

from django.db import migrations, models

MADE = """
CREATE UNIQUE INDEX CONCURRENTLY group_of_its_partnership ON partnerships_group (id, partnership_id);
"""
KEPT = """
ALTER TABLE partnerships_group
    ADD CONSTRAINT group_of_its_partnership UNIQUE USING INDEX group_of_its_partnership;
"""
GONE = "ALTER TABLE partnerships_group DROP CONSTRAINT group_of_its_partnership;"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0034_next_steps_looked_at")]
    operations = [
        migrations.RunSQL(MADE, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEPT,
            GONE,
            state_operations=[
                migrations.AddConstraint(
                    "group",
                    models.UniqueConstraint(fields=("id", "partnership"), name="group_of_its_partnership"),
                )
            ],
        ),
    ]
