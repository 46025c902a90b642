"""Of what was handed in only a file in which the scanner found something makes room for another one."""

from django.db import migrations, models

STANDS = """
CREATE OR REPLACE FUNCTION students_evidence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {may_go}IF EXISTS (
        SELECT FROM students_handin_evidence part JOIN students_handin handed ON handed.id = part.handin_id
        WHERE part.evidence_id = OLD.id AND handed.taken_back_at IS NULL
    ) THEN
        RAISE EXCEPTION 'Evidence that was handed in stands.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
MAY_GO = """IF NEW.file_id IS NOT NULL AND ROW(NEW.goal_id, NEW.text) IS NOT DISTINCT FROM ROW(OLD.goal_id, OLD.text)
       AND EXISTS (SELECT FROM core_storedfile WHERE id = OLD.file_id AND scan = 'suspect') THEN
        RETURN NEW;
    END IF;
    """


class Migration(migrations.Migration):
    dependencies = [("students", "0005_files_in_one_table")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="file_replaced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="file replaced"),
        ),
        migrations.RunSQL(STANDS.format(may_go=MAY_GO), STANDS.format(may_go="")),
    ]
