"""A correction of a check of an accreditation is about the same school, employer and crebo."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION programmes_accreditationcheck_corrects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM programmes_accreditationcheck former
        WHERE former.id = NEW.corrects_id
          AND former.school_id IS NOT DISTINCT FROM NEW.school_id
          AND former.organisation_id = NEW.organisation_id
          AND former.crebo = NEW.crebo) THEN
        RAISE EXCEPTION 'A correction is about the same school, employer and crebo.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'accreditation_corrects_the_same';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accreditationcheck_corrects BEFORE INSERT ON programmes_accreditationcheck
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION programmes_accreditationcheck_corrects();
"""

BACK = """
DROP TRIGGER accreditationcheck_corrects ON programmes_accreditationcheck;
DROP FUNCTION programmes_accreditationcheck_corrects();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
