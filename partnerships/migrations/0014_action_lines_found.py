"""Action lines are found by their address, by whom they are owned and by their group."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0013_action_lines")]
    operations = [
        migrations.RunSQL(
            f"CREATE {kind} CONCURRENTLY partnerships_actionline_{column} ON partnerships_actionline ({column})",
            f"DROP INDEX CONCURRENTLY partnerships_actionline_{column}",
        )
        for kind, column in (("UNIQUE INDEX", "public_id"), ("INDEX", "owner_id"), ("INDEX", "group_id"))
    ]
