"""An employer may say where the coordinators can call."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0011_facets_by_index")]
    operations = [
        migrations.AddField(
            "signup",
            "phone",
            models.CharField(blank=True, db_default="", default="", max_length=30, verbose_name="phone"),
        ),
    ]
