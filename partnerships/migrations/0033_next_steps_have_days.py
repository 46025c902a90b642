"""A next step has a day, from now on."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations
from django.db.models import CheckConstraint, Q


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0032_contact_notes")]
    operations = [
        AddConstraintNotValid(
            "signup",
            CheckConstraint(
                name="sign_up_next_step_has_day", condition=Q(next_step="") | Q(next_step_on__isnull=False)
            ),
        )
    ]
