"""The database counts the partners of an initiative, whoever writes them, as it keeps the themes (0002_search).

The first trigger makes the columns true whatever is written to them, the others have them looked at again.
"""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION initiative_partners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT count(*) FILTER (WHERE o.kind IN ('care_provider', 'welfare')), count(*) FILTER (WHERE o.kind = 'school')
    INTO NEW.employers, NEW.schools
    FROM partnerships_initiativepartner p JOIN partnerships_organisation o ON o.id = p.organisation_id
    WHERE p.initiative_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER initiative_partners BEFORE INSERT OR UPDATE OF employers, schools ON partnerships_initiative
    FOR EACH ROW EXECUTE FUNCTION initiative_partners();
CREATE FUNCTION initiative_partners_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An organisation of another kind waits until this partner is there to be counted again, and this for that.
    PERFORM FROM partnerships_organisation WHERE id IN (OLD.organisation_id, NEW.organisation_id) FOR SHARE;
    UPDATE partnerships_initiative SET employers = DEFAULT
    WHERE id IN (OLD.initiative_id, NEW.initiative_id);
    RETURN NULL;
END $$;
CREATE TRIGGER initiative_partners_changed AFTER INSERT OR UPDATE OR DELETE ON partnerships_initiativepartner
    FOR EACH ROW EXECUTE FUNCTION initiative_partners_changed();
CREATE FUNCTION initiative_partners_of_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE partnerships_initiative SET employers = DEFAULT
    WHERE id IN (SELECT initiative_id FROM partnerships_initiativepartner WHERE organisation_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER initiative_partners_of_kind AFTER UPDATE OF kind ON partnerships_organisation
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION initiative_partners_of_kind();
"""
BACK = """
DROP TRIGGER initiative_partners_of_kind ON partnerships_organisation;
DROP FUNCTION initiative_partners_of_kind();
DROP TRIGGER initiative_partners_changed ON partnerships_initiativepartner;
DROP FUNCTION initiative_partners_changed();
DROP TRIGGER initiative_partners ON partnerships_initiative;
DROP FUNCTION initiative_partners();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_partners_of_initiatives")]
    operations = [migrations.RunSQL(TRIGGERS, BACK)]
