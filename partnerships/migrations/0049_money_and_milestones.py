"""Who pays for an initiative and until when, and what it wants to have reached by which day."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("partnerships", "0048_member_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Funding",
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
                ("source", models.CharField(max_length=200, verbose_name="who pays")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="amount in euros"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                ("plan", models.TextField(blank=True, max_length=2000, verbose_name="plan for after it")),
                ("plan_due_on", models.DateField(blank=True, null=True, verbose_name="plan ready by")),
                (
                    "continues",
                    models.CharField(blank=True, max_length=300, verbose_name="what continues after it"),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fundings",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "plan_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="who makes the plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "funding",
                "verbose_name_plural": "fundings",
                "ordering": [models.OrderBy(models.F("ends_on"), nulls_last=True), "pk"],
                "indexes": [models.Index(fields=["ends_on", "id"], name="funding_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="funding_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                        name="funding_amount_is_positive",
                        violation_error_message="Give an amount above zero, or leave it blank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan_due_on__isnull", True), ("plan_owner__isnull", True)),
                            models.Q(("plan_due_on__isnull", False), ("plan_owner__isnull", False)),
                            _connector="OR",
                        ),
                        name="funding_plan_has_owner_and_day",
                        violation_error_message="Say who makes the plan and by when, or leave both blank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("plan_due_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("plan_due_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="funding_plan_before_the_end",
                        violation_error_message="The plan is needed while the money lasts: choose an earlier day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                ("title", models.CharField(max_length=120, verbose_name="what is there then")),
                ("due_on", models.DateField(verbose_name="to be reached by")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "not there yet"), ("reached", "reached"), ("dropped", "dropped")],
                        default="open",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["initiative", "due_on", "id"], name="milestone_by_day")],
            },
        ),
    ]
