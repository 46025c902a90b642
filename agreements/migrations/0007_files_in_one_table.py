"""Scans and kept PDFs stand in the table of files; what was there moves along, by whoever may write in history."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from agreements.models.kept import document_path
from core.moving import Former, into_one_table

# What was written above waits for the end of the transaction otherwise, and no table is altered as long as it does.
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
KEEPER = "SELECT set_config('leerpact.keeper', 'on', true)"
PDF = "application/pdf"
SUBJECT = "version__agreement__placement__student__public_id"


def into(apps, _schema_editor):
    files = apps.get_model("core", "StoredFile")
    signature, document = (apps.get_model("agreements", name) for name in ("Signature", "SignedDocument"))
    scans = signature.objects.exclude(path="").order_by("pk")
    columns = ("pk", "path", "scan_type", SUBJECT, "scan_digest")
    into_one_table(files, signature, "scan", [Former(*row) for row in scans.values_list(*columns)])
    documents = document.objects.order_by("pk").values_list("pk", "path", SUBJECT, "digest")
    into_one_table(
        files,
        document,
        "file",
        [Former(pk, path, PDF, whose, digest) for pk, path, whose, digest in documents],
    )


def back(apps, _schema_editor):
    signature, document = (apps.get_model("agreements", name) for name in ("Signature", "SignedDocument"))
    for row in signature.objects.exclude(scan=None).select_related("scan"):
        signature.objects.filter(pk=row.pk).update(path=row.scan.path, scan_type=row.scan.type)
    for row in document.objects.select_related("file"):
        document.objects.filter(pk=row.pk).update(path=row.file.path)


def key(verbose_name, **more):
    return models.OneToOneField(
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="core.storedfile",
        verbose_name=verbose_name,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_for_subsidy"), ("core", "0006_files_of_whom")]

    operations = [
        migrations.RemoveConstraint(model_name="signature", name="signature_paper_has_a_scan"),
        migrations.RenameField(model_name="signature", old_name="scan", new_name="path"),
        migrations.RenameField(model_name="signeddocument", old_name="file", new_name="path"),
        migrations.AddField(model_name="signature", name="scan", field=key("scan", blank=True, null=True)),
        migrations.AddField(model_name="signeddocument", name="file", field=key("file", null=True)),
        migrations.AlterField(
            model_name="signeddocument",
            name="path",
            field=models.FileField(null=True, upload_to=document_path, verbose_name="file"),
        ),
        migrations.RunSQL(KEEPER, CHECKED),
        migrations.RunPython(into, back),
        migrations.RunSQL(CHECKED, KEEPER),
        migrations.AlterField(model_name="signeddocument", name="file", field=key("file")),
        migrations.RemoveField(model_name="signature", name="path"),
        migrations.RemoveField(model_name="signature", name="scan_type"),
        migrations.RemoveField(model_name="signeddocument", name="path"),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=(Q(method="paper", scan__isnull=False) & ~Q(scan_digest=""))
                | Q(method="digital", scan__isnull=True, scan_digest=""),
                name="signature_paper_has_a_scan",
                violation_error_message="Add a scan or photo of the signed page.",
            ),
        ),
    ]
