"""The theme of an action line is there, from now on."""

from django.db import migrations

TABLE, LINK = "ALTER TABLE partnerships_actionline", "partnerships_actionline_theme_id_fk"


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0023_themes_move_over")]
    operations = [
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT {LINK} FOREIGN KEY (theme_id) REFERENCES partnerships_partnershiptheme (id) "
            "DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"{TABLE} DROP CONSTRAINT {LINK}",
        )
    ]
