"""The partnership that a programme names is the one of its row that runs."""

from django.db import migrations

# At COMMIT, since the one that ends, the one that begins and the programme are written in three statements. No clock:
# what runs has not been ended, and ends at once.
FUNCTIONS = """
CREATE FUNCTION programmes_partnership_runs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
    of_programme bigint;
    named bigint;
    runs bigint;
BEGIN
    IF TG_TABLE_NAME = 'programmes_programme' THEN
        touched := ARRAY[NEW.id];
    ELSE
        touched := ARRAY[OLD.programme_id, NEW.programme_id];
    END IF;
    FOREACH of_programme IN ARRAY touched LOOP
        SELECT partnership_id INTO named FROM programmes_programme WHERE id = of_programme;
        SELECT partnership_id INTO runs FROM programmes_programmepartnership
        WHERE programme_id = of_programme AND ended_at IS NULL;
        IF named IS DISTINCT FROM runs THEN
            RAISE EXCEPTION 'The programme names partnership %, but % runs.', named, runs
                USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_partnership_runs';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER partnership_runs AFTER INSERT OR UPDATE OF partnership_id ON programmes_programme
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programmes_partnership_runs();
CREATE CONSTRAINT TRIGGER partnership_runs AFTER INSERT OR UPDATE OR DELETE ON programmes_programmepartnership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION programmes_partnership_runs();
"""

BACK = """
DROP TRIGGER partnership_runs ON programmes_programmepartnership;
DROP TRIGGER partnership_runs ON programmes_programme;
DROP FUNCTION programmes_partnership_runs();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_accreditations")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
