"""What was published stays as it was, with its parts: of a version only the state moves, forward."""

from django.db import migrations

TEXTS = """
CREATE FUNCTION playbooks_version_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'row_version'];
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'A version of a playbook that was published never changes: write a new version.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state IS DISTINCT FROM OLD.state AND (OLD.state, NEW.state) <> ('published', 'replaced') THEN
        RAISE EXCEPTION 'A version of a playbook does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER playbook_stands BEFORE UPDATE OR DELETE ON playbooks_playbookversion
    FOR EACH ROW EXECUTE FUNCTION playbooks_version_stands();
"""
# The lock makes whoever writes a part wait for whoever publishes, and the other way round.
PARTS = """
CREATE FUNCTION playbooks_part_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'row_version' = to_jsonb(OLD) - 'row_version' THEN
        RETURN NEW;
    END IF;
    PERFORM FROM playbooks_playbookversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND state <> 'draft' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'The parts of a version that was published never change.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER part_stands BEFORE INSERT OR UPDATE OR DELETE ON playbooks_playbookpart
    FOR EACH ROW EXECUTE FUNCTION playbooks_part_stands();
"""
BACK = """
DROP TRIGGER part_stands ON playbooks_playbookpart;
DROP FUNCTION playbooks_part_stands();
DROP TRIGGER playbook_stands ON playbooks_playbookversion;
DROP FUNCTION playbooks_version_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0001_initial")]

    operations = [migrations.RunSQL(TEXTS + PARTS, BACK)]
