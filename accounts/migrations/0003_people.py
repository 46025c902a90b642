"""Whoever signs in is somebody: the database refuses an account without its person, once the transaction ends."""

from django.db import migrations

CHECK = """
CREATE FUNCTION accounts_user_is_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_user WHERE id = NEW.id)
       AND NOT EXISTS (SELECT FROM accounts_person WHERE user_id = NEW.id) THEN
        RAISE EXCEPTION 'An account belongs to a person.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION accounts_person_leaves_no_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.user_id IS NOT NULL AND EXISTS (SELECT FROM accounts_user WHERE id = OLD.user_id)
       AND NOT EXISTS (SELECT FROM accounts_person WHERE user_id = OLD.user_id) THEN
        RAISE EXCEPTION 'An account belongs to a person.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER user_is_somebody AFTER INSERT ON accounts_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION accounts_user_is_somebody();
CREATE CONSTRAINT TRIGGER person_leaves_no_account AFTER UPDATE OF user_id OR DELETE ON accounts_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_person_leaves_no_account();
"""

BACK = """
DROP TRIGGER person_leaves_no_account ON accounts_person;
DROP TRIGGER user_is_somebody ON accounts_user;
DROP FUNCTION accounts_person_leaves_no_account();
DROP FUNCTION accounts_user_is_somebody();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_emails")]
    operations = [migrations.RunSQL(CHECK, BACK)]
