"""A decision is about a cooperation agreement that is there, and about nothing else then."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, Q

TABLE, LINK = "ALTER TABLE meetings_decision", "meetings_decision_cooperation_id_fk"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0014_agreements_of_decisions_found")]
    operations = [
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT {LINK} FOREIGN KEY (cooperation_id) REFERENCES partnerships_cooperationversion (id) "
            "DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"{TABLE} DROP CONSTRAINT {LINK}",
        ),
        AddConstraintNotValid(
            "decision",
            CheckConstraint(
                name="decision_about_an_agreement_alone",
                condition=Q(cooperation__isnull=True)
                | Q(
                    initiative__isnull=True,
                    action_line__isnull=True,
                    about_group__isnull=True,
                    proposal__isnull=True,
                ),
            ),
        ),
    ]
