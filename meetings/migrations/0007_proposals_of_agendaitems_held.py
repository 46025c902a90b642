"""An agenda item is about a proposal that is there, alone, and once in a meeting."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, Q, UniqueConstraint

TABLE, LINK = "ALTER TABLE meetings_agendaitem", "meetings_agendaitem_proposal_id_fk"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_proposals_found")]
    operations = [
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT agenda_item_proposal_once UNIQUE USING INDEX agenda_item_proposal_once",
            f"{TABLE} DROP CONSTRAINT agenda_item_proposal_once",
            state_operations=[
                migrations.AddConstraint(
                    "agendaitem",
                    UniqueConstraint(
                        fields=["meeting", "proposal"],
                        name="agenda_item_proposal_once",
                        violation_error_message="This proposal is on the agenda already.",
                    ),
                )
            ],
        ),
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT {LINK} FOREIGN KEY (proposal_id) REFERENCES meetings_improvementproposal (id) "
            "DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"{TABLE} DROP CONSTRAINT {LINK}",
        ),
        AddConstraintNotValid(
            "agendaitem",
            CheckConstraint(
                name="agenda_item_of_a_proposal_alone",
                condition=Q(proposal__isnull=True) | Q(action__isnull=True, initiative__isnull=True),
            ),
        ),
    ]
