"""Who saves a slot sends back the number of seats given as it was read; by then it may be another, so it stays as it is."""

from django.db import migrations

# By its name it comes before the trigger that counts changes of a row. What the count itself writes is a trigger deeper.
KEEP = """
CREATE FUNCTION keep_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.taken := OLD.taken;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_taken BEFORE UPDATE OF taken ON placements_slot
FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW.taken IS DISTINCT FROM OLD.taken) EXECUTE FUNCTION keep_taken();
"""
UNDO = """
DROP TRIGGER keep_taken ON placements_slot;
DROP FUNCTION keep_taken();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0007_taken_until_now")]

    operations = [migrations.RunSQL(KEEP, UNDO)]
