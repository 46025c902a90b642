"""Of places that were there before the database kept them."""

from django.db import migrations

A_BATCH = 2_000
NEXT = "SELECT id FROM placements_slot WHERE id > %s ORDER BY id LIMIT %s"
FILL = "UPDATE placements_slot SET qualification_ids = DEFAULT WHERE id = ANY(%s)"


def fill(_apps, editor):
    last = 0
    while last is not None:
        with editor.connection.cursor() as cursor:
            cursor.execute(NEXT, [last, A_BATCH])
            keys = [key for (key,) in cursor.fetchall()]
            cursor.execute(FILL, [keys])
            last = keys[-1] if keys else None


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("placements", "0010_qualifications_kept")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
