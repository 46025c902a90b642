from django.db import migrations


class Migration(migrations.Migration):
    """And for the old rows, while others write."""

    dependencies = [("coming", "0004_constraints")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_evidence VALIDATE CONSTRAINT drill_positive",
            migrations.RunSQL.noop,
        ),
    ]
