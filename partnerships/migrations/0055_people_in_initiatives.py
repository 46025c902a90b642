"""People take part in initiatives, each by the own yes."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("partnerships", "0054_social_returns"),
    ]

    operations = [
        migrations.CreateModel(
            name="InitiativeParticipant",
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
                            ("staff", "someone who works here"),
                            ("student", "student"),
                            ("client", "client or resident"),
                            ("carer", "family, neighbour or volunteer"),
                        ],
                        max_length=8,
                        verbose_name="takes part as",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asks to take part"),
                            ("joined", "takes part"),
                            ("declined", "declined"),
                            ("left", "no longer takes part"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("consent", models.CharField(editable=False, max_length=500, verbose_name="said yes to")),
                (
                    "consented_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="said yes at"
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="takes part since"),
                ),
                (
                    "ends_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="took part until"),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("asked", "joined"))),
                        fields=["person"],
                        name="initiative_participant_live",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "joined"))),
                        fields=("initiative", "person"),
                        name="initiative_participant_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="initiative_participant_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "joined"), _negated=True),
                            models.Q(("ends_on__isnull", True), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="initiative_participant_joined_has_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consent", ""), _negated=True),
                        name="initiative_participant_said_yes",
                    ),
                ],
            },
        ),
    ]
