"""A text names a location and people of its own parties; an agreement is in force by a text that all have signed."""

from django.db import migrations

# At COMMIT and of the text as it is then, since a merge moves what is named and who the parties are in several statements.
OWN = """
CREATE FUNCTION agreements_text_names_own() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    employer bigint;
    school bigint;
    agreed agreements_agreementversion;
BEGIN
    SELECT * INTO agreed FROM agreements_agreementversion WHERE id = NEW.id;
    SELECT placement.organisation_id, programme.school_id INTO employer, school
    FROM agreements_agreement agreement
    JOIN placements_placement placement ON placement.id = agreement.placement_id
    JOIN students_enrolment enrolment ON enrolment.id = placement.enrolment_id
    JOIN programmes_cohort cohort ON cohort.id = enrolment.cohort_id
    JOIN programmes_programme programme ON programme.id = cohort.programme_id
    WHERE agreement.id = agreed.agreement_id;
    IF EXISTS (SELECT FROM partnerships_location WHERE id = agreed.location_id AND organisation_id <> employer)
        OR EXISTS (SELECT FROM partnerships_membership WHERE id = agreed.trainer_id AND organisation_id <> employer)
        OR EXISTS (SELECT FROM partnerships_membership WHERE id = agreed.contact_id AND organisation_id <> school)
    THEN
        RAISE EXCEPTION 'Text % names a location or someone of another organisation.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_names_own';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER text_names_own
    AFTER INSERT OR UPDATE OF agreement_id, location_id, trainer_id, contact_id ON agreements_agreementversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_text_names_own();
"""
OWN_BACK = """
DROP TRIGGER text_names_own ON agreements_agreementversion;
DROP FUNCTION agreements_text_names_own();
"""

# At COMMIT, since a text is signed, or signed no more, in another statement than the agreement comes into force.
SIGNED = """
CREATE FUNCTION agreements_in_force_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_agreement bigint;
BEGIN
    IF TG_TABLE_NAME = 'agreements_agreement' THEN
        of_agreement := NEW.id;
    ELSE
        of_agreement := OLD.agreement_id;
    END IF;
    IF EXISTS (SELECT FROM agreements_agreement WHERE id = of_agreement AND state = 'active') AND NOT EXISTS (
        SELECT FROM agreements_agreementversion WHERE agreement_id = of_agreement AND state = 'signed'
    ) THEN
        RAISE EXCEPTION 'Agreement % is in force without a signed text.', of_agreement
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_in_force_is_signed';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER in_force_is_signed AFTER INSERT OR UPDATE OF state ON agreements_agreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_in_force_is_signed();
CREATE CONSTRAINT TRIGGER in_force_is_signed
    AFTER DELETE OR UPDATE OF state, agreement_id ON agreements_agreementversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_in_force_is_signed();
"""
SIGNED_BACK = """
DROP TRIGGER in_force_is_signed ON agreements_agreementversion;
DROP TRIGGER in_force_is_signed ON agreements_agreement;
DROP FUNCTION agreements_in_force_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_terms_follow"), ("placements", "0003_kept_together")]

    operations = [migrations.RunSQL(OWN + SIGNED, SIGNED_BACK + OWN_BACK)]
