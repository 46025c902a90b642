from django.db import migrations

BATCH = 2000


def fill(_apps, schema_editor):
    """In batches, each a transaction of its own: nobody waits longer than for one."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM students_goal")
        for first in range(0, cursor.fetchone()[0] + 1, BATCH):
            cursor.execute(
                "UPDATE students_goal SET drill_fill = 1 WHERE id >= %s AND id < %s", [first, first + BATCH]
            )


class Migration(migrations.Migration):
    """The old rows."""

    atomic = False
    dependencies = [("coming", "0005_validated")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
