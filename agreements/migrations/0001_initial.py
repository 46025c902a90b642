import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_search"),
        ("placements", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("signing", "waiting for signatures"),
                            ("active", "active"),
                            ("ended", "ended early"),
                            ("completed", "completed"),
                            ("lapsed", "lapsed"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("activated_at", models.DateTimeField(blank=True, null=True, verbose_name="active since")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "placement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="placements.placement",
                        verbose_name="placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice agreement",
                "verbose_name_plural": "practice agreements",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("parties", models.JSONField(default=dict, verbose_name="parties")),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="end")),
                (
                    "total_hours",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="practice hours in total",
                    ),
                ),
                ("hours_per_year", models.JSONField(default=dict, verbose_name="hours per study year")),
                (
                    "hours_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why there are fewer hours than the norm"
                    ),
                ),
                (
                    "practice_trainer",
                    models.CharField(blank=True, max_length=120, verbose_name="practice trainer"),
                ),
                (
                    "school_contact",
                    models.CharField(blank=True, max_length=120, verbose_name="contact at the school"),
                ),
                ("guidance", models.TextField(max_length=2000, verbose_name="guidance of the student")),
                ("content", models.TextField(max_length=6000, verbose_name="part of the qualification")),
                ("assessment", models.TextField(max_length=2000, verbose_name="assessment")),
                ("ending", models.TextField(max_length=2000, verbose_name="ending early")),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, verbose_name="hash of this version"),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="put to signature at")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="agreements.agreement",
                        verbose_name="practice agreement",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "verbose_name_plural": "versions of agreements",
                "ordering": ["agreement", "-number"],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="current",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.agreementversion",
                verbose_name="newest version",
            ),
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        choices=[
                            ("student", "student"),
                            ("employer", "employer"),
                            ("school", "school"),
                            ("representative", "legal representative"),
                        ],
                        max_length=14,
                        verbose_name="signer",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "method",
                    models.CharField(
                        choices=[("digital", "signed in the portal"), ("paper", "recorded from paper")],
                        default="digital",
                        max_length=7,
                        verbose_name="method",
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.agreementversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="agreementversion",
            index=models.Index(fields=["asked_at"], name="agreement_version_asked"),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_once"),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="agreement_version_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_hours__gte", 1)),
                name="agreement_version_hours_positive",
                violation_error_message="Give the number of practice hours.",
            ),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("state", "signing")), fields=["id"], name="agreement_signing"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    models.Q(("activated_at__isnull", False), ("current__isnull", False)),
                    _connector="OR",
                ),
                name="agreement_active_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                    _connector="OR",
                ),
                name="agreement_ended_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("version", "signer"),
                name="signature_once_per_signer",
                violation_error_message="This party has already signed this version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("method", "digital")),
                fields=("version", "by"),
                name="signature_person_signs_for_one_party",
                violation_error_message="You have already signed this version for another party.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signer", "representative"), _negated=True),
                    ("method", "paper"),
                    _connector="OR",
                ),
                name="signature_representative_on_paper",
            ),
        ),
    ]
