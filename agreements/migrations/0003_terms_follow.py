"""What holds for a placement follows from its signed texts; and its last day is the one that was signed last."""

from django.db import migrations

VIEW = """
CREATE VIEW placements_placementterms AS
SELECT
    version.id,
    agreement.placement_id,
    lower(version.holds) AS starts_on,
    upper(version.holds) - 1 AS ends_on,
    version.week,
    version.minutes_per_week,
    version.location_id,
    version.trainer_id,
    version.contact_id
FROM agreements_agreementversion version
JOIN agreements_agreement agreement ON agreement.id = version.agreement_id
WHERE version.state = 'signed' AND NOT isempty(version.holds);
"""

# At COMMIT, since a text and the period that it moves are written in two statements. No clock: stored days are compared.
# Only an agreement in force says when the placement ends; one that was ended left the rest to the placement.
PERIOD = """
CREATE FUNCTION agreements_period_as_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_placement bigint;
    signed_end date;
    own_end date;
BEGIN
    IF TG_TABLE_NAME = 'placements_placement' THEN
        of_placement := NEW.id;
    ELSIF TG_TABLE_NAME = 'agreements_agreement' THEN
        of_placement := NEW.placement_id;
    ELSE
        SELECT placement_id INTO of_placement FROM agreements_agreement WHERE id = NEW.agreement_id;
    END IF;
    SELECT ends_on INTO own_end FROM placements_placement
    WHERE id = of_placement AND state IN ('confirmed', 'running');
    SELECT version.ends_on INTO signed_end
    FROM agreements_agreementversion version
    JOIN agreements_agreement agreement ON agreement.id = version.agreement_id
    WHERE agreement.placement_id = of_placement AND agreement.state = 'active' AND version.state = 'signed'
    ORDER BY version.signed_at DESC, version.number DESC LIMIT 1;
    IF own_end <> signed_end THEN
        RAISE EXCEPTION 'The placement ends on %, but % was signed.', own_end, signed_end
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER period_as_signed AFTER INSERT OR UPDATE OF state, signed_at ON agreements_agreementversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_period_as_signed();
CREATE CONSTRAINT TRIGGER period_as_signed AFTER UPDATE OF state, placement_id ON agreements_agreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_period_as_signed();
CREATE CONSTRAINT TRIGGER period_as_signed AFTER UPDATE OF ends_on, state ON placements_placement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_period_as_signed();
"""

BACK = """
DROP TRIGGER period_as_signed ON placements_placement;
DROP TRIGGER period_as_signed ON agreements_agreement;
DROP TRIGGER period_as_signed ON agreements_agreementversion;
DROP FUNCTION agreements_period_as_signed();
DROP VIEW placements_placementterms;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_signed_texts_stand"),
        ("placements", "0002_access_follows"),
    ]

    operations = [migrations.RunSQL(VIEW + PERIOD, BACK)]
