"""What the parties of a partnership agreed, in versions that stand once signatures were asked."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_one_limit_of_reasons"),
        ("partnerships", "0026_shared_themes_by_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="CooperationVersion",
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
                ("vision", models.TextField(max_length=4000, verbose_name="shared vision")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("signing", "waits for signatures"),
                            ("signed", "signed, in force"),
                            ("replaced", "replaced by a newer version"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="put up for signature at"
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash of the text"
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="signed on"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooperation_versions",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a cooperation agreement",
                "verbose_name_plural": "versions of a cooperation agreement",
                "ordering": ["-number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CooperationParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooperation_parties",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="partnerships.cooperationversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "party of a cooperation agreement",
                "verbose_name_plural": "parties of a cooperation agreement",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=400, verbose_name="promise")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="partnerships.cooperationversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CooperationSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=110, verbose_name="name")),
                ("function", models.CharField(max_length=120, verbose_name="job title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("is_paper", models.BooleanField(default=False, verbose_name="on paper")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="partnerships.cooperationparty",
                        verbose_name="party",
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
                "verbose_name": "signature under a cooperation agreement",
                "verbose_name_plural": "signatures under a cooperation agreement",
                "ordering": ["signed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_paper", True), ("person__isnull", True)),
                            models.Q(("is_paper", False), ("name", ""), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="cooperation_signature_by_someone_or_on_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("function", ""), _negated=True),
                        name="cooperation_signature_has_position",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="cooperation_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "signing"))),
                fields=("partnership",),
                name="cooperation_one_open",
                violation_error_message="There is a next version already that has not been signed by everyone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "signed")),
                fields=("partnership",),
                name="cooperation_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="cooperation_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_at__isnull", True), ("digest", ""), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("asked_at__isnull", False),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cooperation_asked_is_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_on__isnull", False), ("state__in", ("signed", "replaced"))),
                    models.Q(
                        models.Q(("state__in", ("signed", "replaced")), _negated=True),
                        ("signed_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="cooperation_signed_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="cooperation_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperationparty",
            constraint=models.UniqueConstraint(
                fields=("version", "organisation"), name="cooperation_party_once"
            ),
        ),
    ]
