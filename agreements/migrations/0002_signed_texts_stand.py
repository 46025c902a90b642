"""What was put to signature stays as it was, and signed means signed by all who must, and accredited on the first day."""

from django.db import migrations

# Of a text that was asked only its state, the days on which it holds and the moments of signing move.
TEXTS = """
CREATE FUNCTION agreements_text_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'holds', 'signed_at', 'signed_digest', 'waits_since'];
BEGIN
    IF OLD.asked_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'A text that was put to signature never changes: make a new version.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER text_stands BEFORE UPDATE OR DELETE ON agreements_agreementversion
    FOR EACH ROW EXECUTE FUNCTION agreements_text_stands();
"""

# Hours per study year: years with whole hours, which add up to the total; and the days of a week, or the mean of two, to
# the minutes a week. A CHECK asks no rows, so a function does.
HOURS = """
CREATE FUNCTION agreements_hours_add_up(years jsonb, total bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(bool_and(year ~ '^20[0-9]{2}$' AND hours ~ '^[1-9][0-9]{0,4}$'), false)
        AND sum(CASE WHEN hours ~ '^[1-9][0-9]{0,4}$' THEN hours::bigint END) = total
    FROM jsonb_each(CASE jsonb_typeof(years) WHEN 'object' THEN years ELSE '{}' END) AS spread (year, value),
        LATERAL (SELECT CASE jsonb_typeof(value) WHEN 'number' THEN value #>> '{}' ELSE '' END AS hours) AS whole
$$;
ALTER TABLE agreements_agreementversion ADD CONSTRAINT agreement_version_hours_add_up
    CHECK (agreements_hours_add_up(hours_per_year, total_hours));

CREATE FUNCTION agreements_minutes_a_week(week smallint[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT sum(minutes) * 7 / cardinality(week) FROM unnest(week) AS minutes
$$;
ALTER TABLE agreements_agreementversion ADD CONSTRAINT agreement_version_week_adds_up
    CHECK (week = '{}' OR minutes_per_week IS NOT DISTINCT FROM agreements_minutes_a_week(week));
"""

SIGNATURES = """
CREATE FUNCTION agreements_signature_replaces_void() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM agreements_signature former
        JOIN agreements_signatureobjection objection ON objection.signature_id = former.id
        WHERE former.id = NEW.replaces_id AND former.version_id = NEW.version_id AND former.signer = NEW.signer
    ) THEN
        RAISE EXCEPTION 'Only a signature that was objected to is replaced.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_replaces_void BEFORE INSERT ON agreements_signature
    FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION agreements_signature_replaces_void();
"""

# At COMMIT, since a signature and the state it leads to are written in two statements, an objection likewise. No clock:
# it compares the day on which the student signed with the date of birth. Which check counts among several the service
# says; here only that one was written down for each crebo of the text, by which the employer, under whatever row it is
# known, was accredited on the first day, as the school or the national source found.
SIGNED = """
CREATE FUNCTION agreements_missing_signer(wanted bigint) RETURNS text LANGUAGE sql STABLE AS $$
    WITH standing AS (
        SELECT signature.signer, signature.signed_on FROM agreements_signature signature
        WHERE signature.version_id = wanted AND NOT EXISTS (
            SELECT 1 FROM agreements_signatureobjection objection WHERE objection.signature_id = signature.id)
    ), minor AS (
        SELECT 1 FROM agreements_agreementversion version
        JOIN agreements_agreement agreement ON agreement.id = version.agreement_id
        JOIN placements_placement placement ON placement.id = agreement.placement_id
        JOIN students_student student ON student.id = placement.student_id
        JOIN standing ON standing.signer = 'student'
        WHERE version.id = wanted AND student.born_on > (standing.signed_on - interval '18 years')::date
    )
    SELECT needed FROM (
        SELECT unnest(ARRAY['student', 'employer', 'school']) AS needed
        UNION ALL SELECT 'representative' FROM minor
    ) parties WHERE needed NOT IN (SELECT signer FROM standing) LIMIT 1
$$;

CREATE FUNCTION agreements_missing_accreditation(wanted bigint) RETURNS text LANGUAGE sql STABLE AS $$
    WITH version AS (
        SELECT version.starts_on, version.parties,
            coalesce(employer.merged_into_id, employer.id) AS employer,
            coalesce(school.merged_into_id, school.id) AS school
        FROM agreements_agreementversion version
        JOIN agreements_agreement agreement ON agreement.id = version.agreement_id
        JOIN placements_placement placement ON placement.id = agreement.placement_id
        JOIN placements_slot slot ON slot.id = placement.slot_id
        JOIN partnerships_organisation employer ON employer.id = slot.organisation_id
        JOIN students_enrolment enrolment ON enrolment.id = placement.enrolment_id
        JOIN programmes_cohort cohort ON cohort.id = enrolment.cohort_id
        JOIN programmes_programme programme ON programme.id = cohort.programme_id
        JOIN partnerships_organisation school ON school.id = programme.school_id
        WHERE version.id = wanted
    ), verified AS (
        SELECT found.crebo FROM version
        JOIN agreements_accreditationground ground ON ground.version_id = wanted
        JOIN programmes_accreditationcheck found ON found.id = ground.accreditation_id
        JOIN partnerships_organisation employer ON employer.id = found.organisation_id
        LEFT JOIN partnerships_organisation school ON school.id = found.school_id
        WHERE found.status = 'verified' AND found.valid_from <= version.starts_on
            AND (found.valid_until IS NULL OR found.valid_until >= version.starts_on)
            AND coalesce(employer.merged_into_id, employer.id) = version.employer
            AND coalesce(school.merged_into_id, school.id, version.school) = version.school
    ), needed AS (
        SELECT jsonb_array_elements(version.parties -> 'qualifications') ->> 'crebo' AS crebo FROM version
    )
    SELECT crebo FROM (
        SELECT crebo FROM needed
        UNION ALL SELECT 'any' WHERE NOT EXISTS (SELECT 1 FROM needed)
    ) crebos WHERE crebo IS NULL OR crebo NOT IN (SELECT crebo FROM verified) LIMIT 1
$$;

CREATE FUNCTION agreements_signed_by_all() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
    missing text;
BEGIN
    IF TG_TABLE_NAME = 'agreements_agreementversion' THEN
        wanted := NEW.id;
    ELSE
        SELECT version_id INTO wanted FROM agreements_signature WHERE id = NEW.signature_id;
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_agreementversion WHERE id = wanted AND state = 'signed') THEN
        missing := agreements_missing_signer(wanted);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'Signed without the signature of: %', missing USING ERRCODE = 'check_violation';
        END IF;
        missing := agreements_missing_accreditation(wanted);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'Signed without a verified accreditation for crebo: %', missing
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER begins_signed_by_all AFTER INSERT ON agreements_agreementversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'signed') EXECUTE FUNCTION agreements_signed_by_all();
CREATE CONSTRAINT TRIGGER signed_by_all AFTER UPDATE ON agreements_agreementversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'signed' AND OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION agreements_signed_by_all();
CREATE CONSTRAINT TRIGGER objection_unsigns AFTER INSERT ON agreements_signatureobjection
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION agreements_signed_by_all();
"""

BACK = """
DROP TRIGGER objection_unsigns ON agreements_signatureobjection;
DROP TRIGGER signed_by_all ON agreements_agreementversion;
DROP TRIGGER begins_signed_by_all ON agreements_agreementversion;
DROP TRIGGER signature_replaces_void ON agreements_signature;
DROP TRIGGER text_stands ON agreements_agreementversion;
DROP FUNCTION agreements_signed_by_all();
DROP FUNCTION agreements_missing_accreditation(bigint);
DROP FUNCTION agreements_missing_signer(bigint);
DROP FUNCTION agreements_signature_replaces_void();
DROP FUNCTION agreements_text_stands();
ALTER TABLE agreements_agreementversion DROP CONSTRAINT agreement_version_week_adds_up;
DROP FUNCTION agreements_minutes_a_week(smallint[]);
ALTER TABLE agreements_agreementversion DROP CONSTRAINT agreement_version_hours_add_up;
DROP FUNCTION agreements_hours_add_up(jsonb, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]

    operations = [migrations.RunSQL(TEXTS + HOURS + SIGNATURES + SIGNED, BACK)]
