"""Of what was handed in goes what tells of a client, and a file that nobody can open makes room for another one."""

from django.db import migrations

STANDS = """
CREATE OR REPLACE FUNCTION students_evidence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {may_go}
    IF EXISTS (
        SELECT FROM students_handin_evidence part JOIN students_handin handed ON handed.id = part.handin_id
        WHERE part.evidence_id = OLD.id AND handed.taken_back_at IS NULL
    ) THEN
        RAISE EXCEPTION 'Evidence that was handed in stands.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
OTHER_FILE = """
    IF NEW.file_id IS NOT NULL AND ROW(NEW.goal_id, NEW.text) IS NOT DISTINCT FROM ROW(OLD.goal_id, OLD.text)
       AND EXISTS (SELECT FROM core_storedfile WHERE id = OLD.file_id AND scan IN ({scans})) THEN
        RETURN NEW;
    END IF;
"""
REMOVED = """
    IF OLD.removed_because = '' AND NEW.removed_because <> '' AND NEW.goal_id = OLD.goal_id THEN
        RETURN NEW;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0009_reports_of_evidence_and_feedback")]

    operations = [
        migrations.RunSQL(
            STANDS.format(may_go=OTHER_FILE.format(scans="'suspect', 'gone'") + REMOVED),
            STANDS.format(may_go=OTHER_FILE.format(scans="'suspect'")),
        ),
    ]
