from django.db import migrations


class Migration(migrations.Migration):
    """What no version reads any more."""

    dependencies = [("coming", "0006_filled")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_evidence DROP COLUMN drill_person",
            migrations.RunSQL.noop,
        ),
    ]
