"""Who wants a mail when something new fits."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import core.emails


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("partnerships", "0060_money_stands_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", core.emails.EmailField(max_length=254, verbose_name="email")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "searched",
                    models.CharField(
                        choices=[("initiatives", "initiatives"), ("calls", "calls for employers")],
                        max_length=12,
                        verbose_name="list",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=600, verbose_name="filters")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("daily", "every day"), ("weekly", "every week")],
                        default="weekly",
                        max_length=6,
                        verbose_name="how often",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="asked at"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="stopped at"),
                ),
                (
                    "told_until",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="told until"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["-asked_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False), ("stopped_at__isnull", True)),
                        fields=["rhythm", "told_until"],
                        name="saved_search_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="saved_search_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True),
                            ("confirmed_at__gte", models.F("asked_at")),
                            _connector="OR",
                        ),
                        name="saved_search_confirmed_after_asked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at__isnull", True)),
                        fields=("email", "searched", "query"),
                        name="saved_search_once",
                    ),
                ],
            },
        ),
    ]
