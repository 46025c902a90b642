"""What was put up for signature stays as it was, with its parties and promises; signed means signed by all of them."""

from django.db import migrations

# Of a text that was asked only the state moves, forward, and the day of the last signature comes with it.
TEXTS = """
CREATE FUNCTION partnerships_cooperation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'signed_on', 'row_version'];
BEGIN
    IF OLD.asked_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'A cooperation agreement that was put up for signature never changes: make a new version.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state IS DISTINCT FROM OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('signing', 'signed'), ('signing', 'withdrawn'), ('signed', 'replaced')) THEN
        RAISE EXCEPTION 'A cooperation agreement does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.signed_on IS NOT NULL AND NEW.signed_on IS DISTINCT FROM OLD.signed_on THEN
        RAISE EXCEPTION 'The day on which a cooperation agreement was signed stands.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cooperation_stands BEFORE UPDATE OR DELETE ON partnerships_cooperationversion
    FOR EACH ROW EXECUTE FUNCTION partnerships_cooperation_stands();
"""
# The lock makes whoever writes a part wait for whoever asks, and the other way round.
PARTS = """
CREATE FUNCTION partnerships_cooperation_part_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM partnerships_cooperationversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND asked_at IS NOT NULL FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'The parties and promises of a text that was put up for signature never change.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER part_stands BEFORE INSERT OR UPDATE OR DELETE ON partnerships_cooperationparty
    FOR EACH ROW EXECUTE FUNCTION partnerships_cooperation_part_stands();
CREATE TRIGGER part_stands BEFORE INSERT OR UPDATE OR DELETE ON partnerships_promise
    FOR EACH ROW EXECUTE FUNCTION partnerships_cooperation_part_stands();
"""
SIGNATURES = """
CREATE FUNCTION partnerships_cooperation_is_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM partnerships_cooperationversion version
        JOIN partnerships_cooperationparty party ON party.version_id = version.id
        WHERE party.id = NEW.party_id AND version.state = 'signing' FOR SHARE OF version;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only a cooperation agreement that waits for signatures is signed.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cooperation_is_asked BEFORE INSERT ON partnerships_cooperationsignature
    FOR EACH ROW EXECUTE FUNCTION partnerships_cooperation_is_asked();
"""
# At COMMIT: the last signature and the state that it leads to are written in two statements.
SIGNED = """
CREATE FUNCTION partnerships_cooperation_signed_by_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) < 2 OR count(*) <> count(signature.id) FROM partnerships_cooperationparty party
            LEFT JOIN partnerships_cooperationsignature signature ON signature.party_id = party.id
            WHERE party.version_id = NEW.id) THEN
        RAISE EXCEPTION 'A cooperation agreement is signed by all its parties, two at least.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cooperation_signed_by_all AFTER INSERT OR UPDATE OF state ON partnerships_cooperationversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('signed', 'replaced'))
    EXECUTE FUNCTION partnerships_cooperation_signed_by_all();
"""
BACK = """
DROP TRIGGER cooperation_signed_by_all ON partnerships_cooperationversion;
DROP FUNCTION partnerships_cooperation_signed_by_all();
DROP TRIGGER cooperation_is_asked ON partnerships_cooperationsignature;
DROP FUNCTION partnerships_cooperation_is_asked();
DROP TRIGGER part_stands ON partnerships_promise;
DROP TRIGGER part_stands ON partnerships_cooperationparty;
DROP FUNCTION partnerships_cooperation_part_stands();
DROP TRIGGER cooperation_stands ON partnerships_cooperationversion;
DROP FUNCTION partnerships_cooperation_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0027_cooperation")]

    operations = [migrations.RunSQL(TEXTS + PARTS + SIGNATURES + SIGNED, BACK)]
