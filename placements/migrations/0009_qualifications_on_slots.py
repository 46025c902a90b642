"""A place knows for which qualifications it is: finding and counting places read one table, and mostly one index."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0008_taken_stays")]
    operations = [
        migrations.AddField(
            "slot",
            "qualification_ids",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, editable=False, size=None
            ),
        ),
    ]
