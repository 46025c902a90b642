"""The database counts the seats of a slot that are given, at each write of a placement, so that no way of writing is forgotten.

The slot is locked before the placements are counted: of two that write at once, the second counts both.
"""

from django.db import migrations

COUNT = """
CREATE FUNCTION count_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    live constant text[] := ARRAY['confirmed', 'running', 'ending'];
    place bigint;
    number smallint;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.slot_id = NEW.slot_id AND OLD.seat_no = NEW.seat_no
            AND (OLD.state = ANY (live)) = (NEW.state = ANY (live)) THEN
        RETURN NULL;
    END IF;
    FOR place IN
        SELECT DISTINCT id FROM unnest(ARRAY[OLD.slot_id, NEW.slot_id]) id WHERE id IS NOT NULL ORDER BY id
    LOOP
        PERFORM FROM placements_slot WHERE id = place FOR NO KEY UPDATE;
        SELECT count(DISTINCT seat_no) INTO number FROM placements_placement
            WHERE slot_id = place AND state = ANY (live);
        UPDATE placements_slot SET taken = number WHERE id = place AND taken <> number;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER count_taken AFTER INSERT OR DELETE OR UPDATE OF slot_id, seat_no, state ON placements_placement
FOR EACH ROW EXECUTE FUNCTION count_taken();
"""
UNDO = """
DROP TRIGGER count_taken ON placements_placement;
DROP FUNCTION count_taken();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_slot_taken")]

    operations = [migrations.RunSQL(COUNT, UNDO)]
