"""A partnership has themes under names of its own, each with a shared one; an action line can be of one of them."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0020_sign_up_lines_filled"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnershipTheme",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_themes",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_themes",
                        to="partnerships.theme",
                        verbose_name="shared theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme of a partnership",
                "verbose_name_plural": "themes of partnerships",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE partnerships_actionline ADD COLUMN theme_id bigint NULL",
            "ALTER TABLE partnerships_actionline DROP COLUMN theme_id",
            state_operations=[
                migrations.AddField(
                    "actionline",
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_lines",
                        to="partnerships.partnershiptheme",
                        verbose_name="theme",
                    ),
                )
            ],
        ),
        migrations.AddConstraint(
            model_name="partnershiptheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__iregex", "//|www\\.|@|[<>]|[[:cntrl:]]"), _negated=True),
                name="partnership_theme_name_is_a_name",
                violation_error_message="Write a name only: no link, no email address and no second line.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiptheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="partnership_theme_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiptheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="partnership_theme_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiptheme",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("partnership", "="),
                    ("root", "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="partnership_theme_runs_once",
                violation_error_message="Another theme of this partnership belongs to this shared theme in these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiptheme",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                django.db.models.functions.text.Lower("name"),
                models.F("ends_on"),
                name="partnership_theme_name_once",
                nulls_distinct=False,
                violation_error_message="There is a theme with this name already. Look in the list.",
            ),
        ),
    ]
