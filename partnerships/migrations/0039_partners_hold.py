"""What holds of partners, for new rows from now on."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0038_partners_by_contact")]
    operations = [
        AddConstraintNotValid(
            "initiativepartner",
            models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="initiative_partner_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        AddConstraintNotValid(
            "initiativepartner",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_on__isnull", False), ("state", "left")),
                    models.Q(models.Q(("state", "left"), _negated=True), ("ends_on__isnull", True)),
                    _connector="OR",
                ),
                name="initiative_partner_left_has_last_day",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiativepartner ADD CONSTRAINT initiative_partner_contact_fk FOREIGN KEY (contact_id) "
            "REFERENCES accounts_person (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
            "ALTER TABLE partnerships_initiativepartner DROP CONSTRAINT initiative_partner_contact_fk",
            state_operations=[
                migrations.AlterField(
                    "initiativepartner",
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="contact person",
                    ),
                )
            ],
        ),
    ]
