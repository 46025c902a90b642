import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import core.dates


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_lists_taken"),
        ("partnerships", "0004_joining"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactCard",
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
                ("line", models.CharField(blank=True, max_length=80, verbose_name="what people can ask me")),
                (
                    "show_line",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("partnerships", "people I work with, and my partnerships"),
                            ("members", "everyone with a role in Leerpact"),
                        ],
                        default="partnerships",
                        max_length=12,
                        verbose_name="show this to",
                    ),
                ),
                (
                    "show_phone",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("partnerships", "people I work with, and my partnerships"),
                            ("members", "everyone with a role in Leerpact"),
                        ],
                        default="nobody",
                        max_length=12,
                        verbose_name="show my phone number to",
                    ),
                ),
                (
                    "show_email",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("partnerships", "people I work with, and my partnerships"),
                            ("members", "everyone with a role in Leerpact"),
                        ],
                        default="partnerships",
                        max_length=12,
                        verbose_name="show my email address to",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_card",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact card",
                "verbose_name_plural": "contact cards",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PointOfContact",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked to answer"),
                            ("agreed", "said yes"),
                            ("refused", "said no"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "shows_phone",
                    models.BooleanField(default=False, verbose_name="visitors see my phone number"),
                ),
                (
                    "shows_email",
                    models.BooleanField(default=False, verbose_name="visitors see my email address"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="asked at"
                    ),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_of_contact",
                        to="partnerships.call",
                        verbose_name="call for employers",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_of_contact",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_of_contact",
                        to="partnerships.membership",
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_of_contact",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_of_contact",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "point of contact",
                "verbose_name_plural": "points of contact",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("call__isnull", True),
                                ("initiative__isnull", True),
                                ("organisation__isnull", True),
                                ("partnership__isnull", False),
                            ),
                            models.Q(
                                ("call__isnull", False),
                                ("initiative__isnull", True),
                                ("organisation__isnull", True),
                                ("partnership__isnull", True),
                            ),
                            models.Q(
                                ("call__isnull", True),
                                ("initiative__isnull", False),
                                ("organisation__isnull", True),
                                ("partnership__isnull", True),
                            ),
                            models.Q(
                                ("call__isnull", True),
                                ("initiative__isnull", True),
                                ("organisation__isnull", False),
                                ("partnership__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="point_of_contact_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shows_email", False), ("shows_phone", False)),
                            ("state__in", ["agreed", "ended"]),
                            _connector="OR",
                        ),
                        name="point_of_contact_shows_by_own_yes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("asked", "agreed")), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="point_of_contact_over_is_ended",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "agreed"))),
                        fields=("partnership", "call", "initiative", "membership"),
                        name="point_of_contact_once",
                        nulls_distinct=False,
                        violation_error_message="This person has been named here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="point_of_contact_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"
                        ),
                        name="point_of_contact_ended_has_last_day",
                    ),
                ],
            },
        ),
    ]
