"""A slot says how many of its seats are given: counted per slot, that was most of what lists of slots read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0004_one_limit_of_reasons")]

    operations = [
        migrations.AddField(
            model_name="slot",
            name="taken",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, editable=False, verbose_name="seats given"
            ),
        ),
    ]
