"""A check of an accreditation stands as it was recorded, and a correction is about the same school, employer and crebo."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION programmes_accreditationcheck_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The organisations and the person may turn out to be others that are kept: a merge moves those keys and no more.
    IF TG_OP = 'UPDATE' AND
       ROW(NEW.crebo, NEW.learning_company_id, NEW.status, NEW.valid_from, NEW.valid_until, NEW.checked_on, NEW.source,
           NEW.proof, NEW.recorded_at, NEW.corrects_id, NEW.reason)
       IS NOT DISTINCT FROM
       ROW(OLD.crebo, OLD.learning_company_id, OLD.status, OLD.valid_from, OLD.valid_until, OLD.checked_on, OLD.source,
           OLD.proof, OLD.recorded_at, OLD.corrects_id, OLD.reason) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A check never changes: record what was found later, or a correction.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accreditation_stands';
END $$;
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
CREATE TRIGGER accreditationcheck_stands BEFORE UPDATE OR DELETE ON programmes_accreditationcheck
    FOR EACH ROW EXECUTE FUNCTION programmes_accreditationcheck_stands();
CREATE TRIGGER accreditationcheck_corrects BEFORE INSERT ON programmes_accreditationcheck
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION programmes_accreditationcheck_corrects();
"""

BACK = """
DROP TRIGGER accreditationcheck_corrects ON programmes_accreditationcheck;
DROP TRIGGER accreditationcheck_stands ON programmes_accreditationcheck;
DROP FUNCTION programmes_accreditationcheck_corrects();
DROP FUNCTION programmes_accreditationcheck_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
