"""The addresses that allauth keeps have the one form of all others; the table is its own, so the check is added here."""

from django.db import migrations

from core.emails import PATTERN

CHECK = """
ALTER TABLE account_emailaddress ADD CONSTRAINT emailaddress_one_form CHECK (email ~ '%s')
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]
    operations = [
        migrations.RunSQL(
            CHECK % PATTERN.replace("'", "''"),
            "ALTER TABLE account_emailaddress DROP CONSTRAINT emailaddress_one_form",
        )
    ]
