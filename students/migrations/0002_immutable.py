"""A goal's text and a party's answer stand as they were given: the database refuses to change them."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION students_goalversion_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.goal_id, NEW.number, NEW.text, NEW.criterion, NEW.way_of_working, NEW.evidence_asked, NEW.due_on,
           NEW.created_at)
       IS DISTINCT FROM
       ROW(OLD.goal_id, OLD.number, OLD.text, OLD.criterion, OLD.way_of_working, OLD.evidence_asked, OLD.due_on,
           OLD.created_at)
       OR (OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at) THEN
        RAISE EXCEPTION 'A version of a goal never changes: make a new one.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION students_consent_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.goal_version_id, NEW.party, NEW.answer, NEW.remark, NEW.organisation_id, NEW.at)
       IS DISTINCT FROM
       ROW(OLD.goal_version_id, OLD.party, OLD.answer, OLD.remark, OLD.organisation_id, OLD.at) THEN
        RAISE EXCEPTION 'An answer never changes: put a new text to consent.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goalversion_stands BEFORE UPDATE ON students_goalversion
    FOR EACH ROW EXECUTE FUNCTION students_goalversion_stands();
CREATE TRIGGER consent_stands BEFORE UPDATE ON students_consent
    FOR EACH ROW EXECUTE FUNCTION students_consent_stands();
"""

BACK = """
DROP TRIGGER consent_stands ON students_consent;
DROP TRIGGER goalversion_stands ON students_goalversion;
DROP FUNCTION students_consent_stands();
DROP FUNCTION students_goalversion_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
