"""Organisations that want to begin with a playbook too."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("playbooks", "0002_published_stands"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookLead",
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
                    "organisation_name",
                    models.CharField(max_length=120, verbose_name="name of the organisation"),
                ),
                ("town", models.CharField(max_length=80, verbose_name="town or region")),
                (
                    "question",
                    models.TextField(blank=True, max_length=1000, verbose_name="what you want to know"),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                (
                    "consented_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="consent given at"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "waits for an answer"),
                            ("answered", "answered"),
                            ("closed", "closed"),
                        ],
                        default="new",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="playbook_leads",
                        to="accounts.person",
                        verbose_name="contact person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="playbooks.playbookversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "interest in a playbook",
                "verbose_name_plural": "interests in playbooks",
                "ordering": ["-consented_at", "pk"],
                "indexes": [
                    models.Index(fields=["version", "-consented_at", "id"], name="playbook_lead_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation_name__iregex", "//|www\\.|@|[<>]|[[:cntrl:]]"), _negated=True
                        ),
                        name="playbook_lead_name_is_a_name",
                        violation_error_message="Write a name only: no link, no email address and no second line.",
                    ),
                ],
            },
        ),
    ]
