"""Decisions are found by the cooperation agreement that they are about."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("meetings", "0013_decisions_about_agreements")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY meetings_decision_cooperation_id ON meetings_decision (cooperation_id)",
            "DROP INDEX CONCURRENTLY meetings_decision_cooperation_id",
        )
    ]
