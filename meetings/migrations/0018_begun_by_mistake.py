"""An organisation begins with a proposal once, but for what was taken back: a trigger holds it, for two tables say it."""

from django.db import migrations

# Of two who say it at the same moment, the second waits for the proposal and then sees the row of the first.
STANDS_ONCE = """
CREATE FUNCTION meetings_adoption_stands_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM meetings_improvementproposal WHERE id = NEW.proposal_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM meetings_proposaladoption known
        LEFT JOIN meetings_adoptionwithdrawal taken_back ON taken_back.adoption_id = known.id
        WHERE known.proposal_id = NEW.proposal_id AND known.organisation_id = NEW.organisation_id
        AND known.id <> NEW.id AND taken_back.id IS NULL
    ) THEN
        RAISE EXCEPTION 'This organisation has begun with it already.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER adoption_stands_once AFTER INSERT ON meetings_proposaladoption
    FOR EACH ROW EXECUTE FUNCTION meetings_adoption_stands_once();
"""
GONE = """
DROP TRIGGER adoption_stands_once ON meetings_proposaladoption;
DROP FUNCTION meetings_adoption_stands_once();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0017_withdrawn_adoptions")]
    unlike_the_rules = {
        "ban-drop-constraint": "the trigger of this migration holds the same and knows what was taken back"
    }
    operations = [
        migrations.RunSQL(STANDS_ONCE, GONE),
        migrations.RemoveConstraint(model_name="proposaladoption", name="adoption_once"),
    ]
