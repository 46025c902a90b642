"""Partnerships that begin with the playbook of another, and what they choose about its pieces."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("partnerships", "0056_stories_in_versions"),
        ("playbooks", "0003_leads"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookAdoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="begun_with",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="playbooks.playbookversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "beginning with a playbook",
                "verbose_name_plural": "beginnings with a playbook",
                "ordering": ["-at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AdoptedPart",
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
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="key")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("group", "group"),
                            ("rhythm", "rhythm of meetings"),
                            ("step", "step"),
                            ("action_line", "action line"),
                            ("theme", "theme"),
                            ("programme", "outline of a programme"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("body", models.TextField(blank=True, max_length=4000, verbose_name="text")),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="details"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="position"),
                ),
                ("is_left", models.BooleanField(default=False, editable=False, verbose_name="left out")),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted",
                        to="playbooks.playbookpart",
                        verbose_name="rests on",
                    ),
                ),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="playbooks.playbookadoption",
                        verbose_name="beginning",
                    ),
                ),
            ],
            options={
                "verbose_name": "adopted part",
                "verbose_name_plural": "adopted parts",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PartChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("take", "took over"), ("keep", "kept its own"), ("undo", "took that back")],
                        max_length=4,
                        verbose_name="choice",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("before", models.JSONField(default=dict, verbose_name="before")),
                ("row_version_after", models.PositiveIntegerField(verbose_name="version after")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="playbooks.adoptedpart",
                        verbose_name="adopted part",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="playbooks.partchoice",
                        verbose_name="takes back",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice about a part",
                "verbose_name_plural": "choices about parts",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["part", "-at", "-id"], name="part_choice_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "undo"), ("undoes__isnull", False)),
                            models.Q(models.Q(("choice", "undo"), _negated=True), ("undoes__isnull", True)),
                            _connector="OR",
                        ),
                        name="part_choice_undo_undoes",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="adoptedpart",
            constraint=models.UniqueConstraint(fields=("adoption", "key"), name="adopted_part_once"),
        ),
        migrations.AddConstraint(
            model_name="adoptedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="adopted_part_has_title"
            ),
        ),
    ]
