"""What the school removed does not come back, and why it went is not written over."""

from django.db import migrations

STAYS = """
CREATE FUNCTION students_removed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What the school removed stays removed.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER removed_stays BEFORE UPDATE ON students_evidence FOR EACH ROW
    WHEN (OLD.removed_because <> '' AND NEW.removed_because <> OLD.removed_because)
    EXECUTE FUNCTION students_removed_stays();
CREATE TRIGGER removed_stays BEFORE UPDATE ON students_goalremark FOR EACH ROW
    WHEN (OLD.removed_because <> '' AND NEW.removed_because <> OLD.removed_because)
    EXECUTE FUNCTION students_removed_stays();
"""

STAYS_NOT = """
DROP TRIGGER removed_stays ON students_goalremark;
DROP TRIGGER removed_stays ON students_evidence;
DROP FUNCTION students_removed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0010_what_goes_of_evidence_handed_in")]

    operations = [migrations.RunSQL(STAYS, STAYS_NOT)]
