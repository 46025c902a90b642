"""The rows that were there hold to it too: none is about a proposal yet."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_proposals_of_agendaitems_looked_at")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_decision VALIDATE CONSTRAINT meetings_decision_proposal_id_fk",
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("decision", "decision_about_a_proposal_alone"),
    ]
