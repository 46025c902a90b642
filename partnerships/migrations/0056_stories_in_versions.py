"""Initiatives tell their story in versions."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("core", "0013_first_synonyms"),
        ("partnerships", "0055_people_in_initiatives"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryVersion",
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
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                ("text", models.TextField(max_length=6000, verbose_name="story")),
                ("alt", models.CharField(blank=True, max_length=200, verbose_name="what the image shows")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "not on the public page yet"),
                            ("published", "on the public page"),
                            ("replaced", "no longer on the public page"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
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
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "image",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="image",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a story",
                "verbose_name_plural": "versions of stories",
                "ordering": ["-number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "number"), name="story_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("initiative",),
                        name="story_published_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alt", ""), ("image__isnull", True)),
                            models.Q(("image__isnull", False), models.Q(("alt", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="story_image_has_words",
                    ),
                ],
            },
        ),
    ]
