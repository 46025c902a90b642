import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import agreements.models.signatures


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_search"),
        ("accounts", "0001_initial"),
        ("partnerships", "0001_initial"),
        ("placements", "0001_initial"),
        ("programmes", "0001_initial"),
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
                (
                    "row_version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="number of the version"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
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
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="agreements.agreement",
                        verbose_name="follows",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("base", "practice agreement"),
                            ("period", "dates"),
                            ("hours", "hours and days"),
                            ("trainer", "guidance"),
                            ("location", "location"),
                            ("break", "interruption"),
                            ("early_end", "stopping early"),
                            ("content", "learning and assessment"),
                            ("exchange", "exchange"),
                            ("correction", "correction"),
                        ],
                        default="base",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("signing", "waiting for signatures"),
                            ("signed", "signed"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why this changes")),
                ("effective_from", models.DateField(verbose_name="holds from")),
                (
                    "holds",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        blank=True, editable=False, null=True, verbose_name="holds"
                    ),
                ),
                ("parties", models.JSONField(default=dict, verbose_name="parties")),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="end")),
                (
                    "minutes_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(3600)],
                        verbose_name="minutes a week",
                    ),
                ),
                (
                    "week",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(1440)]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="minutes for each day of the week",
                    ),
                ),
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
                ("breaks", models.JSONField(blank=True, default=list, verbose_name="interruptions")),
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
                (
                    "signed_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash at signing"
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="put to signature at")),
                ("waits_since", models.DateTimeField(blank=True, null=True, verbose_name="waits since")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed by all at")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="agreements.agreement",
                        verbose_name="practice agreement",
                    ),
                ),
                (
                    "changes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changed_by",
                        to="agreements.agreementversion",
                        verbose_name="changes",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.membership",
                        verbose_name="role of the contact at the school",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="made by",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.membership",
                        verbose_name="role of the practice trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "verbose_name_plural": "versions of agreements",
                "ordering": ["agreement", "-number"],
            },
        ),
        migrations.CreateModel(
            name="AccreditationGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="programmes.accreditationcheck",
                        verbose_name="accreditation check",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="agreements.agreementversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground in an accreditation",
                "verbose_name_plural": "grounds in accreditations",
                "ordering": ["version", "pk"],
            },
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                    "capacity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                            ("group_member", "member of a group"),
                            ("student", "student"),
                        ],
                        max_length=16,
                        verbose_name="signed as",
                    ),
                ),
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
                    "scan",
                    models.FileField(
                        blank=True, upload_to=agreements.models.signatures.scan_path, verbose_name="scan"
                    ),
                ),
                ("scan_name", models.CharField(blank=True, max_length=150, verbose_name="name of the file")),
                ("scan_type", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "scan_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash of the scan"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="recorded by",
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
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="agreements.signature",
                        verbose_name="replaces",
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
        migrations.CreateModel(
            name="SignatureLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="accounts.personallink",
                        verbose_name="link",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="agreements.signature",
                        verbose_name="signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a signature",
                "verbose_name_plural": "links to signatures",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SignatureObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="what is wrong")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="objected at")),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objection",
                        to="agreements.signature",
                        verbose_name="signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection to a signature",
                "verbose_name_plural": "objections to signatures",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("state", "signing")), fields=["id"], name="agreement_signing"
            ),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("state", "active")), fields=["id"], name="agreement_active"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("placement", "number"), name="agreement_number_once"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "signing", "active"))),
                fields=("placement",),
                name="agreement_one_open_per_placement",
                violation_error_message="There is already an agreement on this placement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "lapsed"), _negated=True),
                fields=("follows",),
                name="agreement_followed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("follows__isnull", True), ("number", 1)),
                    models.Q(("follows__isnull", False), ("number__gt", 1)),
                    _connector="OR",
                ),
                name="agreement_first_follows_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activated_at__isnull", False),
                    models.Q(("state__in", ("active", "ended", "completed")), _negated=True),
                    _connector="OR",
                ),
                name="agreement_in_force_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activated_at__isnull", True),
                    models.Q(("state__in", ("draft", "lapsed")), _negated=True),
                    _connector="OR",
                ),
                name="agreement_in_force_never_lapses",
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
        migrations.AddIndex(
            model_name="agreementversion",
            index=models.Index(
                condition=models.Q(("state", "signing")),
                fields=["waits_since"],
                name="agreement_version_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_once"),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "signing"))),
                fields=("agreement",),
                name="agreement_version_one_open",
                violation_error_message="There is already a change that waits. Look at that one first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "signed")),
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[("agreement", "="), ("holds", "&&")],
                name="agreement_version_holds_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("holds__isnull", False),
                        ("signed_at__isnull", False),
                        ("signed_digest", models.F("digest")),
                        ("state", "signed"),
                    ),
                    models.Q(
                        models.Q(("state", "signed"), _negated=True),
                        ("holds__isnull", True),
                        ("signed_at__isnull", True),
                        ("signed_digest", ""),
                    ),
                    _connector="OR",
                ),
                name="agreement_version_signed_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_at__isnull", True), ("state", "draft")),
                    models.Q(("asked_at__isnull", False), ("state__in", ("signing", "signed"))),
                    ("state__in", ("withdrawn", "lapsed")),
                    _connector="OR",
                ),
                name="agreement_version_asked_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("base", "exchange")), ("changes__isnull", True)),
                    models.Q(
                        models.Q(("kind__in", ("base", "exchange")), _negated=True),
                        ("changes__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreement_version_base_changes_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
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
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("week__len__in", (0, 7, 14))), name="agreement_version_week_is_one_or_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="accreditationground",
            constraint=models.UniqueConstraint(
                fields=("version", "accreditation"), name="accreditation_ground_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("version", "signer"),
                name="signature_once_per_signer",
                violation_error_message="This party has already signed this version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("version", "="), ("person", "="), ("signer", "<>")],
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
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("signer", "representative"), ("person__isnull", False), _connector="OR"),
                name="signature_has_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("method", "paper"),
                        models.Q(("scan", ""), _negated=True),
                        models.Q(("scan_digest", ""), _negated=True),
                    ),
                    models.Q(("method", "digital"), ("scan", ""), ("scan_digest", "")),
                    _connector="OR",
                ),
                name="signature_paper_has_a_scan",
                violation_error_message="Add a scan or photo of the signed page.",
            ),
        ),
    ]
