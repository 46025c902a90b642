"""Improvements that are offered to whose playbook it is."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("playbooks", "0004_adoptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookOffer",
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
                ("title", models.CharField(editable=False, max_length=160, verbose_name="title")),
                ("body", models.TextField(blank=True, editable=False, max_length=4000, verbose_name="text")),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="details"),
                ),
                ("why", models.TextField(max_length=500, verbose_name="why this is better")),
                (
                    "offered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="offered at"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted into the next version"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
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
                        related_name="offers",
                        to="playbooks.adoptedpart",
                        verbose_name="adopted part",
                    ),
                ),
            ],
            options={
                "verbose_name": "improvement of a playbook",
                "verbose_name_plural": "improvements of playbooks",
                "ordering": ["-offered_at", "pk"],
                "indexes": [models.Index(fields=["-offered_at", "id"], name="playbook_offer_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("part",),
                        name="playbook_offer_once",
                        violation_error_message="You have offered this part already. Wait for the answer, or withdraw it first.",
                    )
                ],
            },
        ),
    ]
