"""A goal's text stands as it was given: the database refuses to change it."""

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
CREATE TRIGGER goalversion_stands BEFORE UPDATE ON students_goalversion
    FOR EACH ROW EXECUTE FUNCTION students_goalversion_stands();
"""

BACK = """
DROP TRIGGER goalversion_stands ON students_goalversion;
DROP FUNCTION students_goalversion_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
