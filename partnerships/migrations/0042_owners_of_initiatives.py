"""Someone may own an initiative."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0041_joined_partners_counted")]
    operations = [
        migrations.AddField(
            "initiative",
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                db_constraint=False,
                db_index=False,
                on_delete=models.PROTECT,
                related_name="+",
                to="accounts.person",
                verbose_name="owner",
            ),
        ),
    ]
