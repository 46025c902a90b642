"""The two fields of money are in no code any more; the version that still runs may write them, a later release drops them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0059_old_money_moves_over")]
    unlike_the_rules = {"ban-drop-constraint": "what it held together is written by no page any more"}
    operations = [
        migrations.RemoveConstraint(model_name="initiative", name="initiative_funding_ends_after_start"),
        migrations.AlterField(
            model_name="initiative",
            name="funding",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="funding"),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="initiative", name="funding"),
                migrations.RemoveField(model_name="initiative", name="funding_ends_on"),
            ],
        ),
    ]
