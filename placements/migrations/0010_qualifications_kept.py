"""The database keeps on a place for which qualifications it is, whoever writes them.

The first trigger makes the column true whatever is written to it, the second has it looked at again.
"""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION slot_qualification_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.qualification_ids := ARRAY(
        SELECT qualification_id FROM placements_slot_qualifications WHERE slot_id = NEW.id ORDER BY qualification_id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER qualification_ids BEFORE INSERT OR UPDATE OF qualification_ids ON placements_slot
    FOR EACH ROW EXECUTE FUNCTION slot_qualification_ids();
CREATE FUNCTION slot_qualifications_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placements_slot SET qualification_ids = DEFAULT WHERE id IN (OLD.slot_id, NEW.slot_id);
    RETURN NULL;
END $$;
CREATE TRIGGER qualifications_changed AFTER INSERT OR UPDATE OR DELETE ON placements_slot_qualifications
    FOR EACH ROW EXECUTE FUNCTION slot_qualifications_changed();
"""
BACK = """
DROP TRIGGER qualifications_changed ON placements_slot_qualifications;
DROP FUNCTION slot_qualifications_changed();
DROP TRIGGER qualification_ids ON placements_slot;
DROP FUNCTION slot_qualification_ids();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0009_qualifications_on_slots")]
    operations = [migrations.RunSQL(TRIGGERS, BACK)]
