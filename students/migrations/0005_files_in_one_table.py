"""The file of evidence stands in the table of files; what was there moves along."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from core.moving import Former, into_one_table

STANDS = """
CREATE TRIGGER evidence_stands BEFORE UPDATE ON students_evidence FOR EACH ROW
    WHEN (ROW(NEW.goal_id, NEW.text, {new}) IS DISTINCT FROM ROW(OLD.goal_id, OLD.text, {old}))
    EXECUTE FUNCTION students_evidence_stands();
"""
STANDS_NOT = "DROP TRIGGER evidence_stands ON students_evidence"
# What was written above waits for the end of the transaction otherwise, and no table is altered as long as it does.
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


def stands(*columns):
    return STANDS.format(
        **{when: ", ".join(f"{when.upper()}.{name}" for name in columns) for when in ("new", "old")}
    )


def into(apps, _schema_editor):
    evidence = apps.get_model("students", "Evidence")
    subject = "goal__plan__enrolment__student__public_id"
    rows = evidence.objects.exclude(path="").order_by("pk")
    into_one_table(
        apps.get_model("core", "StoredFile"),
        evidence,
        "file",
        [
            Former(pk, path, content_type, whose)
            for pk, path, content_type, whose in rows.values_list("pk", "path", "content_type", subject)
        ],
    )


def back(apps, _schema_editor):
    evidence = apps.get_model("students", "Evidence")
    for row in evidence.objects.exclude(file=None).select_related("file"):
        kept = row.file
        evidence.objects.filter(pk=row.pk).update(path=kept.path, content_type=kept.type, size=kept.size)


class Migration(migrations.Migration):
    dependencies = [("students", "0004_one_limit_of_reasons"), ("core", "0006_files_of_whom")]

    operations = [
        migrations.RunSQL(STANDS_NOT, stands("file", "file_name", "content_type", "size")),
        migrations.RemoveConstraint(model_name="evidence", name="evidence_text_or_file"),
        migrations.RenameField(model_name="evidence", old_name="file", new_name="path"),
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
                verbose_name="file",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, CHECKED),
        migrations.RunPython(into, back),
        migrations.RunSQL(CHECKED, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="evidence", name="path"),
        migrations.RemoveField(model_name="evidence", name="content_type"),
        migrations.RemoveField(model_name="evidence", name="size"),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False),
                name="evidence_text_or_file",
                violation_error_message="Write a text or add a file.",
            ),
        ),
        migrations.RunSQL(stands("file_id", "file_name"), STANDS_NOT),
    ]
