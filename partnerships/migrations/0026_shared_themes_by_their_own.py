"""A partnership has its shared themes by its own. The old table stays for the version that still reads it.

Nothing leans on it any more; the next release drops it.
"""

from django.db import migrations

TABLE = "ALTER TABLE partnerships_partnership_themes"
LINKS = {
    "partnerships_partner_partnership_id_2f9eda13_fk_partnersh": (
        "partnership_id",
        "partnerships_partnership",
    ),
    "partnerships_partner_theme_id_97919d4b_fk_partnersh": ("theme_id", "partnerships_theme"),
}


class Migration(migrations.Migration):
    unlike_the_rules = {"ban-drop-constraint": "neither version removes a partnership or a shared theme"}
    dependencies = [("partnerships", "0025_themes_of_action_lines_looked_at")]
    operations = [
        migrations.RunSQL(
            [f"{TABLE} DROP CONSTRAINT {name}" for name in LINKS],
            [
                f"{TABLE} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {to} (id) "
                "DEFERRABLE INITIALLY DEFERRED"
                for name, (column, to) in LINKS.items()
            ],
            state_operations=[migrations.RemoveField("partnership", "themes")],
        )
    ]
