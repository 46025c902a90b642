from django.db import migrations


class Migration(migrations.Migration):
    """One of another table."""

    dependencies = [("coming", "0001_columns")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE students_goal ADD COLUMN drill_fill integer NULL",
            migrations.RunSQL.noop,
        ),
    ]
