"""Initiatives that were there are counted, and what facets count is found in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

COUNTED = """
UPDATE partnerships_initiative i SET employers = DEFAULT
WHERE EXISTS (SELECT 1 FROM partnerships_initiativepartner p WHERE p.initiative_id = i.id)
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0010_partners_counted")]
    operations = [
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="initiative",
            index=models.Index(
                fields=["kind", "state"],
                include=["branches", "provinces", "theme_ids"],
                name="initiative_facets",
                condition=models.Q(("is_published", True)),
            ),
        ),
    ]
