"""The themes of the action lines that were there are there too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0024_themes_of_action_lines_held")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE partnerships_actionline VALIDATE CONSTRAINT partnerships_actionline_theme_id_fk",
            migrations.RunSQL.noop,
        )
    ]
