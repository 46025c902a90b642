"""Agenda items and decisions are found by the proposal that they are about."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("meetings", "0005_decisions_about_proposals")]
    operations = [
        migrations.RunSQL(
            f"CREATE {kind} CONCURRENTLY {name} ON meetings_{table} ({columns})",
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}",  # one that became a constraint (0007) goes with that
        )
        for kind, name, table, columns in (
            ("INDEX", "meetings_agendaitem_proposal_id", "agendaitem", "proposal_id"),
            ("INDEX", "meetings_decision_proposal_id", "decision", "proposal_id"),
            ("UNIQUE INDEX", "agenda_item_proposal_once", "agendaitem", "meeting_id, proposal_id"),
        )
    ]
