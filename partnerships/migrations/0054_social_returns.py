"""Duties of social return, what counts for them, and how that is valued."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_entries_for_agendas"),
        ("partnerships", "0053_successors_held"),
    ]

    operations = [
        migrations.CreateModel(
            name="SocialReturnObligation",
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
                ("client", models.CharField(max_length=120, verbose_name="client")),
                ("title", models.CharField(max_length=120, verbose_name="contract")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="amount in euros"
                    ),
                ),
                (
                    "percentage",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="norm, in per cent of the contract",
                    ),
                ),
                (
                    "contract_sum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="sum of the contract in euros",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="valid until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="social_return_obligations",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "SROI duty",
                "verbose_name_plural": "SROI duties",
                "ordering": ["ends_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SocialReturnActivity",
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
                            ("workplace", "training place with a contract"),
                            ("placement", "placement of a student"),
                            ("employment", "work for someone far from the labour market"),
                            ("guidance", "guidance and training"),
                            ("purchase", "buying from a social enterprise"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what was done")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="how much")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="value in euros"),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("counts", models.BooleanField(default=True, verbose_name="counts")),
                ("file_name", models.CharField(blank=True, max_length=150, verbose_name="name of the file")),
                (
                    "proof",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="proof",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="partnerships.socialreturnobligation",
                        verbose_name="SROI duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "SROI activity",
                "verbose_name_plural": "SROI activities",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ValuationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workplace", "training place with a contract"),
                            ("placement", "placement of a student"),
                            ("employment", "work for someone far from the labour market"),
                            ("guidance", "guidance and training"),
                            ("purchase", "buying from a social enterprise"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(max_length=30, verbose_name="unit")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="value of one, in euros"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "valuation rule",
                "verbose_name_plural": "valuation rules",
                "ordering": ["kind", "starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "starts_on"), name="valuation_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("unit", ""), _negated=True)
                        ),
                        name="valuation_rule_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)), name="valuation_rule_is_positive"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="socialreturnobligation",
            index=models.Index(fields=["organisation", "ends_on", "id"], name="social_return_of"),
        ),
        migrations.AddConstraint(
            model_name="socialreturnobligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="social_return_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="socialreturnobligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gt", 0),
                        ("amount__isnull", False),
                        ("contract_sum__isnull", True),
                        ("percentage__isnull", True),
                    ),
                    models.Q(
                        ("amount__isnull", True),
                        ("contract_sum__gt", 0),
                        ("contract_sum__isnull", False),
                        ("percentage__gt", 0),
                        ("percentage__isnull", False),
                        ("percentage__lte", 100),
                    ),
                    _connector="OR",
                ),
                name="social_return_amount_or_norm",
                violation_error_message="Give the amount, or the norm together with the sum of the contract.",
            ),
        ),
        migrations.AddIndex(
            model_name="socialreturnactivity",
            index=models.Index(fields=["obligation", "-starts_on", "-id"], name="social_return_activity_of"),
        ),
        migrations.AddConstraint(
            model_name="socialreturnactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="social_return_activity_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="socialreturnactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0), ("value__gt", 0)),
                name="social_return_activity_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="socialreturnactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file_name", ""), ("proof__isnull", True)),
                    models.Q(("proof__isnull", False), models.Q(("file_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="social_return_proof_has_a_name",
            ),
        ),
    ]
