"""And of those that were there."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0039_partners_hold")]
    operations = [
        ValidateConstraint("initiativepartner", "initiative_partner_ends_after_start"),
        ValidateConstraint("initiativepartner", "initiative_partner_left_has_last_day"),
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiativepartner VALIDATE CONSTRAINT initiative_partner_contact_fk",
            migrations.RunSQL.noop,
        ),
    ]
