"""What was given before the database counted."""

from django.db import migrations, transaction

A_BATCH = 2_000
# In two statements: what is counted is read after the lock.
LOCK = "SELECT id FROM placements_slot WHERE id > %s ORDER BY id LIMIT %s FOR NO KEY UPDATE"
FILL = """
UPDATE placements_slot SET taken = counted.number
FROM (
    SELECT slot_id, count(DISTINCT seat_no) AS number FROM placements_placement
    WHERE slot_id = ANY(%s) AND state IN ('confirmed', 'running', 'ending') GROUP BY slot_id
) counted
WHERE id = counted.slot_id AND taken <> counted.number
"""


def fill(_apps, editor):
    last = 0
    while last is not None:
        with transaction.atomic(), editor.connection.cursor() as cursor:
            cursor.execute(LOCK, [last, A_BATCH])
            keys = [key for (key,) in cursor.fetchall()]
            cursor.execute(FILL, [keys])
            last = keys[-1] if keys else None


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("placements", "0006_taken_is_counted")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
