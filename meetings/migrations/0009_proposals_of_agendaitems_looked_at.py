"""The rows that were there hold to it too: none is about a proposal yet."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_proposals_of_decisions_held")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_agendaitem VALIDATE CONSTRAINT meetings_agendaitem_proposal_id_fk",
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("agendaitem", "agenda_item_of_a_proposal_alone"),
    ]
