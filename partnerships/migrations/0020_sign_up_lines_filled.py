"""Each sign-up that was there gets the one line that it says, and the condition that it says, open until it is settled.

An employer that had signed was firm whatever its condition was: that one is met by then.
"""

from django.db import migrations

LINES = """
INSERT INTO partnerships_signupline (sign_up_id, places, neighbourhood, setting)
SELECT id, places, neighbourhood, setting FROM partnerships_signup s
WHERE NOT EXISTS (SELECT 1 FROM partnerships_signupline l WHERE l.sign_up_id = s.id)
"""
CONDITIONS = """
INSERT INTO partnerships_pledgecondition (row_version, public_id, sign_up_id, text, is_told, state)
SELECT 1, gen_random_uuid(), id, condition, true, CASE WHEN state IN ('signed', 'started') THEN 'met' ELSE 'open' END
FROM partnerships_signup s
WHERE condition <> '' AND confirmed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM partnerships_pledgecondition c WHERE c.sign_up_id = s.id)
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0019_sign_up_lines_counted")]
    operations = [
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
        migrations.RunSQL(CONDITIONS, migrations.RunSQL.noop),
    ]
