"""Once the report has gone out nothing of a meeting changes: neither its agenda and minutes nor who was there.

A decision is entered while its meeting is held, and a report is taken up again by the state of the meeting alone.
"""

from django.db import migrations

STANDS = """
CREATE FUNCTION meeting_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' AND NEW.state = 'closed'
            AND to_jsonb(NEW) - '{row_version,sequence}'::text[] <> to_jsonb(OLD) - '{row_version,sequence}'::text[] THEN
        RAISE EXCEPTION 'The report of meeting % has gone out.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_report_stands BEFORE UPDATE ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION meeting_report_stands();
CREATE FUNCTION part_of_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    SELECT state INTO found FROM meetings_meeting
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END FOR SHARE;
    IF found = 'closed' AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - 'row_version' <> to_jsonb(OLD) - 'row_version') THEN
        RAISE EXCEPTION 'The report of this meeting has gone out.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER part_of_report_stands BEFORE INSERT OR UPDATE OR DELETE ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION part_of_report_stands();
CREATE TRIGGER part_of_report_stands BEFORE INSERT OR DELETE OR UPDATE OF answer, was_present, meeting_id
    ON meetings_attendance FOR EACH ROW EXECUTE FUNCTION part_of_report_stands();
CREATE FUNCTION decided_while_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    SELECT state INTO found FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
    IF found <> 'held' THEN
        RAISE EXCEPTION 'A decision is entered while its meeting is held.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_while_held BEFORE INSERT ON meetings_decision
    FOR EACH ROW EXECUTE FUNCTION decided_while_held();
"""
FREE = """
DROP TRIGGER decided_while_held ON meetings_decision;
DROP FUNCTION decided_while_held();
DROP TRIGGER part_of_report_stands ON meetings_attendance;
DROP TRIGGER part_of_report_stands ON meetings_agendaitem;
DROP FUNCTION part_of_report_stands();
DROP TRIGGER meeting_report_stands ON meetings_meeting;
DROP FUNCTION meeting_report_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunSQL(STANDS, FREE)]
