"""A mandate repeats the role that carries it, so that a check can look at it; this key holds the two together."""

from django.db import migrations

KEY = """
ALTER TABLE partnerships_mandate ADD CONSTRAINT mandate_role_of_membership
    FOREIGN KEY (membership_id, role) REFERENCES partnerships_membership (id, role);
"""
UNDO_KEY = "ALTER TABLE partnerships_mandate DROP CONSTRAINT mandate_role_of_membership;"


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_search")]
    operations = [migrations.RunSQL(KEY, UNDO_KEY)]
