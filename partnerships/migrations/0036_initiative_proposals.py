"""Members of a partnership propose initiatives."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_one_limit_of_reasons"),
        ("partnerships", "0035_groups_of_their_partnership"),
    ]

    operations = [
        migrations.CreateModel(
            name="InitiativeProposal",
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
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="proposed at"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("project", "project"),
                            ("experiment", "experiment"),
                            ("learning_workplace", "learning hub"),
                            ("programme", "programme"),
                            ("exchange", "exchange"),
                            ("training", "training"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="in one sentence")),
                ("question", models.TextField(max_length=2000, verbose_name="question")),
                ("aim", models.TextField(max_length=2000, verbose_name="aim")),
                (
                    "partners_wanted",
                    models.CharField(blank=True, max_length=300, verbose_name="partners wanted"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                ("success_measure", models.CharField(max_length=300, verbose_name="measure of success")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("taken_on", "taken on"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "initiative",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiative_proposals",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiative_proposals",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal for an initiative",
                "verbose_name_plural": "proposals for initiatives",
                "ordering": ["-proposed_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["partnership", "proposed_at", "id"],
                        name="initiative_proposal_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="initiative_proposal_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("initiative__isnull", False), ("state", "taken_on")),
                            models.Q(
                                models.Q(("state", "taken_on"), _negated=True), ("initiative__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="initiative_proposal_taken_on_is_there",
                    ),
                ],
            },
        ),
    ]
