"""An owner is someone that there is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0043_initiatives_by_owner")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE partnerships_initiative ADD CONSTRAINT initiative_owner_fk FOREIGN KEY (owner_id) "
            "REFERENCES accounts_person (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
            "ALTER TABLE partnerships_initiative DROP CONSTRAINT initiative_owner_fk",
            state_operations=[
                migrations.AlterField(
                    "initiative",
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="owner",
                    ),
                )
            ],
        ),
    ]
