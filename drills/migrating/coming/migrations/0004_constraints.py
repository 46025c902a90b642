from django.db import migrations


class Migration(migrations.Migration):
    """For new rows from now on."""

    dependencies = [("coming", "0003_index")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_evidence ADD CONSTRAINT drill_positive CHECK (drill_note > 0) NOT VALID",
            migrations.RunSQL.noop,
        ),
    ]
