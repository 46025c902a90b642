"""What is new among the initiatives, is found in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0063_calls_published_at")]
    operations = [
        AddIndexConcurrently(
            "initiative",
            models.Index(
                fields=["published_at"],
                name="initiative_published_at",
                condition=models.Q(is_published=True),
            ),
        ),
    ]
