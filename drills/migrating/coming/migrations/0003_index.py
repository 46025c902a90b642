from django.db import migrations


class Migration(migrations.Migration):
    """An index beside the others."""

    atomic = False
    dependencies = [("coming", "0002_another")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS drill_goal ON students_goal (state, plan_id)",
            migrations.RunSQL.noop,
        ),
    ]
