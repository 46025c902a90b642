"""What an administrator does with someone's account rests on a support act, and an account is closed and opened by one."""

from django.db import migrations

CHECKS = """
ALTER TABLE accounts_securityevent ADD CONSTRAINT securityevent_support_of_person
    FOREIGN KEY (support_id, person_id) REFERENCES accounts_supportact (id, subject_id);

CREATE FUNCTION accounts_support_by_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_person p JOIN accounts_user u ON u.id = p.user_id
                   WHERE p.id = NEW.administrator_id AND u.is_staff AND u.is_active) THEN
        RAISE EXCEPTION 'Only an administrator opens an account.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_by_administrator BEFORE INSERT ON accounts_supportact
    FOR EACH ROW EXECUTE FUNCTION accounts_support_by_administrator();

CREATE FUNCTION accounts_support_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_supportact
                   WHERE id = NEW.support_id AND NEW.at >= begun_at AND NEW.at <= until)
       OR EXISTS (SELECT FROM accounts_securityevent WHERE support_id = NEW.support_id AND kind = 'support_ended') THEN
        RAISE EXCEPTION 'This support act does not run.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_runs BEFORE INSERT ON accounts_securityevent
    FOR EACH ROW WHEN (NEW.support_id IS NOT NULL) EXECUTE FUNCTION accounts_support_runs();

CREATE FUNCTION accounts_user_open_on_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_open boolean;
    latest varchar;
BEGIN
    SELECT u.is_active, (
        SELECT e.kind FROM accounts_securityevent e JOIN accounts_person p ON p.id = e.person_id
        WHERE p.user_id = u.id AND e.kind IN ('account_closed', 'account_reopened') ORDER BY e.id DESC LIMIT 1
    ) INTO is_open, latest FROM accounts_user u WHERE u.id = NEW.id;
    IF is_open IS NOT NULL AND latest IS DISTINCT
       FROM (CASE WHEN is_open THEN 'account_reopened' ELSE 'account_closed' END) THEN
        RAISE EXCEPTION 'An account is closed and opened by a support act.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER user_open_on_record AFTER UPDATE OF is_active ON accounts_user
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active)
    EXECUTE FUNCTION accounts_user_open_on_record();
"""

BACK = """
DROP TRIGGER user_open_on_record ON accounts_user;
DROP TRIGGER support_runs ON accounts_securityevent;
DROP TRIGGER support_by_administrator ON accounts_supportact;
DROP FUNCTION accounts_user_open_on_record();
DROP FUNCTION accounts_support_runs();
DROP FUNCTION accounts_support_by_administrator();
ALTER TABLE accounts_securityevent DROP CONSTRAINT securityevent_support_of_person;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people")]
    operations = [migrations.RunSQL(CHECKS, BACK)]
