"""The rows that were there hold to it too: none is about a cooperation agreement yet."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0015_agreements_of_decisions_held")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_decision VALIDATE CONSTRAINT meetings_decision_cooperation_id_fk",
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("decision", "decision_about_an_agreement_alone"),
    ]
