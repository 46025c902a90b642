"""What is withdrawn is reported no more, and another file is only spoken of where there is a file."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def end(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  Django gives it
    """Rows of before the rule."""
    apps.get_model("students", "WorkSituation").objects.filter(state="withdrawn").update(reported_at=None)
    apps.get_model("students", "Evidence").objects.filter(file=None).update(file_replaced_at=None)


class Migration(migrations.Migration):
    dependencies = [("students", "0007_reported")]

    operations = [
        migrations.RunPython(end, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="worksituation", name="situation_blank_when_withdrawn"),
        migrations.AddConstraint(
            model_name="worksituation",
            constraint=models.CheckConstraint(
                name="situation_blank_when_withdrawn",
                condition=Q(state="withdrawn", text="", work_process=None, reported_at=None)
                | (~Q(state="withdrawn") & ~Q(text="") & Q(removed_because="")),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                name="evidence_replaced_has_file",
                condition=Q(file_replaced_at=None) | Q(file__isnull=False),
            ),
        ),
    ]
