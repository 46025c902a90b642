from django.db import migrations


class Migration(migrations.Migration):
    """A column with a default that the database knows, one that may be empty."""

    dependencies = [("students", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_evidence ADD COLUMN drill_note integer DEFAULT 3 NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE students_evidence ADD COLUMN drill_person bigint NULL",
            migrations.RunSQL.noop,
        ),
    ]
