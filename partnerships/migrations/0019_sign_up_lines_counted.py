"""What a sign-up says of its places is what its lines say, whoever writes which of the two.

The version from before the lines writes the columns of the sign-up: those of the only line follow. A sign-up with more
lines has their sum, and where and what the first of them is.
"""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION sign_up_to_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lines integer; total bigint;
BEGIN
    SELECT count(*), sum(places) INTO lines, total FROM partnerships_signupline WHERE sign_up_id = NEW.id;
    IF lines = 0 THEN
        INSERT INTO partnerships_signupline (sign_up_id, places, neighbourhood, setting)
        VALUES (NEW.id, NEW.places, NEW.neighbourhood, NEW.setting);
    ELSIF lines = 1 THEN
        UPDATE partnerships_signupline l
        SET places = NEW.places, neighbourhood = NEW.neighbourhood, setting = NEW.setting
        WHERE l.sign_up_id = NEW.id
            AND (l.places, l.neighbourhood, l.setting) IS DISTINCT FROM (NEW.places, NEW.neighbourhood, NEW.setting);
    ELSIF NEW.places <> total THEN
        RAISE EXCEPTION 'A sign-up has the places of its lines.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_up_places_of_lines';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sign_up_to_line AFTER INSERT OR UPDATE OF places, neighbourhood, setting ON partnerships_signup
    FOR EACH ROW EXECUTE FUNCTION sign_up_to_line();
CREATE FUNCTION lines_to_sign_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE partnerships_signup s
    SET places = f.total, neighbourhood = f.neighbourhood, setting = f.setting
    FROM (
        SELECT sum(places) OVER () AS total, neighbourhood, setting
        FROM partnerships_signupline WHERE sign_up_id IN (OLD.sign_up_id, NEW.sign_up_id) ORDER BY id LIMIT 1
    ) f
    WHERE s.id IN (OLD.sign_up_id, NEW.sign_up_id)
        AND (s.places, s.neighbourhood, s.setting) IS DISTINCT FROM (f.total, f.neighbourhood, f.setting);
    RETURN NULL;
END $$;
CREATE TRIGGER lines_to_sign_up AFTER INSERT OR UPDATE OR DELETE ON partnerships_signupline
    FOR EACH ROW EXECUTE FUNCTION lines_to_sign_up();
"""
BACK = """
DROP TRIGGER lines_to_sign_up ON partnerships_signupline;
DROP FUNCTION lines_to_sign_up();
DROP TRIGGER sign_up_to_line ON partnerships_signup;
DROP FUNCTION sign_up_to_line();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0018_sign_up_lines")]
    operations = [migrations.RunSQL(TRIGGERS, BACK)]
