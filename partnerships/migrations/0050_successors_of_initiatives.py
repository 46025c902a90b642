"""An initiative may go on as another one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0049_money_and_milestones")]
    operations = [
        migrations.AddField(
            "initiative",
            "successor",
            models.ForeignKey(
                blank=True,
                null=True,
                db_constraint=False,
                db_index=False,
                on_delete=models.PROTECT,
                related_name="predecessors",
                to="partnerships.initiative",
                verbose_name="goes on as",
            ),
        ),
    ]
