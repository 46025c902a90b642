"""A decision is about a proposal that is there, and about nothing else then."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, Q

TABLE, LINK = "ALTER TABLE meetings_decision", "meetings_decision_proposal_id_fk"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_proposals_of_agendaitems_held")]
    operations = [
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT {LINK} FOREIGN KEY (proposal_id) REFERENCES meetings_improvementproposal (id) "
            "DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"{TABLE} DROP CONSTRAINT {LINK}",
        ),
        AddConstraintNotValid(
            "decision",
            CheckConstraint(
                name="decision_about_a_proposal_alone",
                condition=Q(proposal__isnull=True)
                | Q(initiative__isnull=True, action_line__isnull=True, about_group__isnull=True),
            ),
        ),
    ]
