"""Action lines are found by their theme."""

from django.db import migrations

INDEX = "partnerships_actionline_theme_id"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0021_themes_of_partnerships")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY {INDEX} ON partnerships_actionline (theme_id)",
            f"DROP INDEX CONCURRENTLY {INDEX}",
        )
    ]
