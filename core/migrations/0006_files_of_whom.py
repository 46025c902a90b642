"""A stored file says of which kind it is and whose; what was kept without a scanner waits for one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_mails_told_together")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="type",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="storedfile",
            name="subject",
            field=models.UUIDField(blank=True, db_index=True, null=True, verbose_name="about"),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="scan",
            field=models.CharField(
                choices=[
                    ("not_asked", "not looked at by a scanner"),
                    ("pending", "waits for the scanner"),
                    ("clean", "nothing found"),
                    ("suspect", "something was found"),
                    ("gone", "not in the store any more"),
                ],
                max_length=10,
                verbose_name="scan",
            ),
        ),
        migrations.RemoveIndex(model_name="storedfile", name="storedfile_waits_for_scan"),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(("scan__in", ["pending", "not_asked"])),
                fields=["id"],
                name="storedfile_waits_for_scan",
            ),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["digest"], name="storedfile_by_digest"),
        ),
    ]
