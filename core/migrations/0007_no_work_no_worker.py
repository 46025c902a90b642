"""A list of which nothing is asked has nobody who asked and no worker."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def end(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  Django gives it
    """Rows of before the rule."""
    apps.get_model("core", "ImportBatch").objects.filter(work="").update(work_by=None, work_since=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0006_files_of_whom")]

    operations = [
        migrations.RunPython(end, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=~Q(work="") | Q(work_by=None, work_since=None),
                name="importbatch_no_work_no_worker",
            ),
        ),
    ]
