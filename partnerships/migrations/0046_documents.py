"""Documents of a partnership or of a group of it, with their versions."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TIED = """
ALTER TABLE partnerships_document ADD CONSTRAINT document_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
LOOSE = "ALTER TABLE partnerships_document DROP CONSTRAINT document_group_of_its_partnership;"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("core", "0011_entries_for_agendas"),
        ("partnerships", "0045_owners_were_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="number of the version"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "for_members",
                    models.BooleanField(
                        default=False, verbose_name="all members of the partnership may read it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "kept"), ("taken_away", "taken away")],
                        default="kept",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("file_name", models.CharField(max_length=150, verbose_name="name of the file")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="put in at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="put in by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="partnerships.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a document",
                "verbose_name_plural": "versions of documents",
                "ordering": ["-number", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["partnership", "state", "title", "id"], name="document_by_title"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="document_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("for_members", True), ("group__isnull", False), _connector="OR"),
                name="document_of_all_is_read_by_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="document_version_once"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="document_versions_from_one"
            ),
        ),
        migrations.RunSQL(TIED, LOOSE),
    ]
