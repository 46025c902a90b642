"""Playbooks of partnerships, in versions made of parts."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partnerships", "0056_stories_in_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Playbook",
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
                (
                    "slug",
                    models.SlugField(max_length=80, unique=True, verbose_name="short name in addresses"),
                ),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="playbook",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "playbook",
                "verbose_name_plural": "playbooks",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PlaybookVersion",
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
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("summary", models.CharField(max_length=300, verbose_name="summary")),
                ("needed", models.TextField(blank=True, max_length=1000, verbose_name="what you need")),
                ("duration", models.CharField(blank=True, max_length=200, verbose_name="how long it takes")),
                ("costs", models.CharField(blank=True, max_length=200, verbose_name="what it costs")),
                (
                    "news",
                    models.TextField(blank=True, max_length=1000, verbose_name="what is new in this version"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being written"),
                            ("published", "published, newest"),
                            ("replaced", "replaced by a newer version"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="published on"),
                ),
                (
                    "playbook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="playbooks.playbook",
                        verbose_name="playbook",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a playbook",
                "verbose_name_plural": "versions of playbooks",
                "ordering": ["-number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlaybookPart",
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
                (
                    "origin",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="made from"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="playbooks.playbookversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a playbook",
                "verbose_name_plural": "parts of playbooks",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="playbookversion",
            index=models.Index(fields=["title", "id"], name="playbook_by_title"),
        ),
        migrations.AddConstraint(
            model_name="playbookversion",
            constraint=models.UniqueConstraint(fields=("playbook", "number"), name="playbook_number_once"),
        ),
        migrations.AddConstraint(
            model_name="playbookversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("playbook",),
                name="playbook_one_draft",
                violation_error_message="There is a next version already that is being written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("playbook",),
                name="playbook_one_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="playbook_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_on__isnull", True), ("state", "draft")),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("published_on__isnull", False)),
                    _connector="OR",
                ),
                name="playbook_published_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookpart",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="playbook_part_once"),
        ),
        migrations.AddConstraint(
            model_name="playbookpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="playbook_part_has_title"
            ),
        ),
    ]
