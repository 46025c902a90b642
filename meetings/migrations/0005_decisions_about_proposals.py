"""A decision can be about a proposal; what the new column leans on comes in the migrations after this one."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_proposals")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_decision ADD COLUMN proposal_id bigint NULL",
            "ALTER TABLE meetings_decision DROP COLUMN proposal_id",
            state_operations=[
                migrations.AddField(
                    "decision",
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="decisions",
                        to="meetings.improvementproposal",
                        verbose_name="about the improvement proposal",
                    ),
                )
            ],
        ),
    ]
