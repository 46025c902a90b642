"""How many employers and schools take part stands on the initiative: a list of twelve read the partners of each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0008_organisations_that_are_over")]
    operations = [
        migrations.AddField(
            "initiative", "employers", models.PositiveIntegerField(db_default=0, default=0, editable=False)
        ),
        migrations.AddField(
            "initiative", "schools", models.PositiveIntegerField(db_default=0, default=0, editable=False)
        ),
    ]
