"""And the owners of before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0044_owners_are_people")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiative VALIDATE CONSTRAINT initiative_owner_fk",
            migrations.RunSQL.noop,
        ),
    ]
