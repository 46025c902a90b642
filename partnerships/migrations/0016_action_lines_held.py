"""What holds of action lines from now on: one of a number at a time, days in order, people and groups that are there."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, F, Func, Q, Value

TABLE = "ALTER TABLE partnerships_actionline"
LINK = (
    f"{TABLE} ADD CONSTRAINT partnerships_actionline_{{column}}_fk FOREIGN KEY ({{column}}) REFERENCES {{to}} (id) "
    "DEFERRABLE INITIALLY DEFERRED NOT VALID"
)
DAYS = Func("starts_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField())


class Migration(migrations.Migration):
    unlike_the_rules = {
        "constraint-missing-not-valid": "an exclusion constraint cannot be; a partnership has a handful of lines"
    }
    dependencies = [("partnerships", "0015_action_line_numbers")]
    operations = [
        migrations.RunSQL(
            f"{TABLE} ADD CONSTRAINT partnerships_actionline_public_id_key "
            "UNIQUE USING INDEX partnerships_actionline_public_id",
            f"{TABLE} DROP CONSTRAINT partnerships_actionline_public_id_key",
        ),
        *[
            migrations.RunSQL(
                LINK.format(column=column, to=to),
                f"{TABLE} DROP CONSTRAINT partnerships_actionline_{column}_fk",
            )
            for column, to in (("owner_id", "accounts_person"), ("group_id", "partnerships_group"))
        ],
        AddConstraintNotValid(
            "actionline",
            CheckConstraint(
                name="action_line_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        AddConstraintNotValid(
            "actionline",
            CheckConstraint(
                name="action_line_ended_has_last_day",
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "actionline",
            ExclusionConstraint(
                name="action_line_runs_once",
                expressions=[
                    ("partnership", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
                violation_error_message="Another action line has this number in these days. Choose another number.",
            ),
        ),
    ]
