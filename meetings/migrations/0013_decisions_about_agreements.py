"""A decision can be about a cooperation agreement; what the new column leans on comes in the migrations after this one."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("meetings", "0012_promised_actions"), ("partnerships", "0028_cooperation_stands")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meetings_decision ADD COLUMN cooperation_id bigint NULL",
            "ALTER TABLE meetings_decision DROP COLUMN cooperation_id",
            state_operations=[
                migrations.AddField(
                    "decision",
                    "cooperation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="decisions",
                        to="partnerships.cooperationversion",
                        verbose_name="about the cooperation agreement",
                    ),
                )
            ],
        ),
    ]
