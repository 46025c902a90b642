"""An agreement that accounts for a subsidy is kept longer; the keeper may take a text away once its term is over."""

from django.db import migrations, models

STANDS = """
CREATE OR REPLACE FUNCTION agreements_text_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'holds', 'signed_at', 'signed_digest', 'waits_since'];
BEGIN
    IF OLD.asked_at IS NULL OR ({keeper}TG_OP = 'DELETE') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'A text that was put to signature never changes: make a new version.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BY_KEEPER = STANDS.format(keeper="coalesce(current_setting('leerpact.keeper', true), '') = 'on' AND ")
BY_NOBODY = STANDS.format(keeper="false AND ")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_signed_documents")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="for_subsidy",
            field=models.BooleanField(db_default=False, default=False, verbose_name="used for a subsidy"),
        ),
        migrations.RunSQL(BY_KEEPER, BY_NOBODY),
    ]
