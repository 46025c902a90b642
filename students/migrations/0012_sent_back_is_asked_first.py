from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether anyone sent a text back is asked of each goal on a first page: few ever were."""

    atomic = False  # an index that is made beside the work cannot be made within a transaction

    dependencies = [("students", "0011_what_was_removed_stays_removed")]

    operations = [
        AddIndexConcurrently(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("answer", "change")), fields=["goal_version"], name="consent_change"
            ),
        ),
    ]
