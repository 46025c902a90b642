"""What the database itself sees to: a goal's text stands as it was given, and a hand-in is what the goal says."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION students_goalversion_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.goal_id, NEW.number, NEW.text, NEW.criterion, NEW.way_of_working, NEW.evidence_asked, NEW.due_on,
           NEW.created_at)
       IS DISTINCT FROM
       ROW(OLD.goal_id, OLD.number, OLD.text, OLD.criterion, OLD.way_of_working, OLD.evidence_asked, OLD.due_on,
           OLD.created_at)
       OR (OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at)
       OR (OLD.agreed_at IS NOT NULL AND NEW.agreed_at IS DISTINCT FROM OLD.agreed_at) THEN
        RAISE EXCEPTION 'A version of a goal never changes: make a new one.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goalversion_stands BEFORE UPDATE ON students_goalversion
    FOR EACH ROW EXECUTE FUNCTION students_goalversion_stands();
"""

BACK = """
DROP TRIGGER goalversion_stands ON students_goalversion;
DROP FUNCTION students_goalversion_stands();
"""

# Compared when a transaction ends, so that a writer past the services cannot let them drift.
HAND_INS = """
CREATE FUNCTION students_goal_agrees(goal bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    handed students_goal;
    standing students_handin;
    decided text;
BEGIN
    SELECT * INTO handed FROM students_goal WHERE id = goal;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM students_goalversion WHERE id = handed.current_id AND agreed_at IS NULL) THEN
        RAISE EXCEPTION 'A text holds once all three have agreed on it.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM students_goalversion WHERE id = handed.current_id AND goal_id <> goal)
       OR EXISTS (
        SELECT FROM students_handin given JOIN students_goalversion version ON version.id = given.version_id
        WHERE given.goal_id = goal AND version.goal_id <> goal
    ) OR EXISTS (
        SELECT FROM students_handin given
        JOIN students_handin_evidence part ON part.handin_id = given.id
        JOIN students_evidence piece ON piece.id = part.evidence_id
        WHERE given.goal_id = goal AND given.taken_back_at IS NULL AND piece.goal_id <> goal
    ) THEN
        RAISE EXCEPTION 'What is handed in is of the goal itself.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO standing FROM students_handin
        WHERE goal_id = goal AND taken_back_at IS NULL AND closed_at IS NULL;
    IF (standing.id IS NOT NULL) <> (handed.state IN ('demonstrated', 'assessed')) THEN
        RAISE EXCEPTION 'A goal is handed in as long as a hand-in stands.' USING ERRCODE = 'check_violation';
    END IF;
    IF standing.id IS NULL THEN
        RETURN;
    END IF;
    IF EXISTS (
        SELECT FROM students_handin_evidence part JOIN students_evidence piece ON piece.id = part.evidence_id
        WHERE part.handin_id = standing.id AND NOT piece.for_teachers
    ) THEN
        RAISE EXCEPTION 'Teachers read what was handed in.' USING ERRCODE = 'check_violation';
    END IF;
    IF standing.opinion_id IS NULL
       AND NOT EXISTS (SELECT FROM students_handin_evidence WHERE handin_id = standing.id) THEN
        RAISE EXCEPTION 'A hand-in rests on evidence or on what was seen at work.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM students_practiceopinion WHERE id = standing.opinion_id AND taken_back_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'No hand-in rests on what was taken back.' USING ERRCODE = 'check_violation';
    END IF;
    IF standing.version_id <> (SELECT version_id FROM students_practiceopinion WHERE id = standing.opinion_id) THEN
        RAISE EXCEPTION 'What was seen at work is about the text that was handed in.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT result INTO decided FROM students_assessment WHERE hand_in_id = standing.id ORDER BY at DESC, id DESC LIMIT 1;
    IF handed.result <> coalesce(decided, '') THEN
        RAISE EXCEPTION 'The result of a goal is its newest decision.' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION students_goal_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM students_goal_agrees(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION students_handin_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM students_goal_agrees(goal) FROM (VALUES (OLD.goal_id), (NEW.goal_id)) AS touched (goal);
    RETURN NULL;
END $$;
CREATE FUNCTION students_part_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM students_goal_agrees(goal_id) FROM students_handin WHERE id IN (OLD.handin_id, NEW.handin_id);
    RETURN NULL;
END $$;
CREATE FUNCTION students_evidence_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM students_goal_agrees(NEW.goal_id);
    RETURN NULL;
END $$;
CREATE FUNCTION students_assessment_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM students_goal_agrees(goal_id) FROM students_handin WHERE id = NEW.hand_in_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER goal_agrees AFTER INSERT OR UPDATE OF state, result, current_id ON students_goal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION students_goal_checked();
CREATE CONSTRAINT TRIGGER handin_agrees AFTER INSERT OR UPDATE OR DELETE ON students_handin
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION students_handin_checked();
CREATE CONSTRAINT TRIGGER part_agrees AFTER INSERT OR UPDATE OR DELETE ON students_handin_evidence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION students_part_checked();
CREATE CONSTRAINT TRIGGER evidence_agrees AFTER UPDATE OF for_teachers ON students_evidence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION students_evidence_checked();
CREATE CONSTRAINT TRIGGER assessment_agrees AFTER INSERT ON students_assessment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION students_assessment_checked();
"""

NO_HAND_INS = """
DROP TRIGGER assessment_agrees ON students_assessment;
DROP TRIGGER evidence_agrees ON students_evidence;
DROP TRIGGER part_agrees ON students_handin_evidence;
DROP TRIGGER handin_agrees ON students_handin;
DROP TRIGGER goal_agrees ON students_goal;
DROP FUNCTION students_assessment_checked();
DROP FUNCTION students_evidence_checked();
DROP FUNCTION students_part_checked();
DROP FUNCTION students_handin_checked();
DROP FUNCTION students_goal_checked();
DROP FUNCTION students_goal_agrees(bigint);
"""


# Whoever judges reads what was handed in: a piece stands as it was then, until the hand-in is taken back.
PIECES = """
CREATE FUNCTION students_evidence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM students_handin_evidence part JOIN students_handin handed ON handed.id = part.handin_id
        WHERE part.evidence_id = OLD.id AND handed.taken_back_at IS NULL
    ) THEN
        RAISE EXCEPTION 'Evidence that was handed in stands.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_stands BEFORE UPDATE ON students_evidence FOR EACH ROW
    WHEN (ROW(NEW.goal_id, NEW.text, NEW.file, NEW.file_name, NEW.content_type, NEW.size)
          IS DISTINCT FROM ROW(OLD.goal_id, OLD.text, OLD.file, OLD.file_name, OLD.content_type, OLD.size))
    EXECUTE FUNCTION students_evidence_stands();
"""

NO_PIECES = """
DROP TRIGGER evidence_stands ON students_evidence;
DROP FUNCTION students_evidence_stands();
"""


# The roles are those of partnerships.roles.AT_WORK.
OPINIONS = """
CREATE FUNCTION students_opinion_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM partnerships_membership WHERE id = NEW.membership_id AND person_id = NEW.by_id
            AND role IN ('supervisor', 'practice_trainer', 'contact')
    ) THEN
        RAISE EXCEPTION 'An opinion is of someone at work.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM students_goalversion WHERE id = NEW.version_id AND agreed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'An opinion is on a text that was agreed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opinion_fits BEFORE INSERT ON students_practiceopinion
    FOR EACH ROW EXECUTE FUNCTION students_opinion_fits();
CREATE FUNCTION students_opinion_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL OR NEW.text <> ''
       OR ROW(NEW.version_id, NEW.at) IS DISTINCT FROM ROW(OLD.version_id, OLD.at) THEN
        RAISE EXCEPTION 'An opinion is taken back, never changed.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM students_handin WHERE opinion_id = OLD.id AND taken_back_at IS NULL) THEN
        RAISE EXCEPTION 'A hand-in rests on this opinion.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION students_opinion_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('leerpact.keeper', true), '') <> 'on' THEN
        RAISE EXCEPTION 'An opinion is taken back, never deleted.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER opinion_kept BEFORE DELETE ON students_practiceopinion
    FOR EACH ROW EXECUTE FUNCTION students_opinion_kept();
CREATE TRIGGER opinion_stands BEFORE UPDATE ON students_practiceopinion FOR EACH ROW
    WHEN (ROW(NEW.version_id, NEW.text, NEW.at, NEW.taken_back_at)
          IS DISTINCT FROM ROW(OLD.version_id, OLD.text, OLD.at, OLD.taken_back_at))
    EXECUTE FUNCTION students_opinion_stands();
"""

NO_OPINIONS = """
DROP TRIGGER opinion_kept ON students_practiceopinion;
DROP FUNCTION students_opinion_kept();
DROP TRIGGER opinion_stands ON students_practiceopinion;
DROP FUNCTION students_opinion_stands();
DROP TRIGGER opinion_fits ON students_practiceopinion;
DROP FUNCTION students_opinion_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, BACK),
        migrations.RunSQL(HAND_INS, NO_HAND_INS),
        migrations.RunSQL(PIECES, NO_PIECES),
        migrations.RunSQL(OPINIONS, NO_OPINIONS),
    ]
