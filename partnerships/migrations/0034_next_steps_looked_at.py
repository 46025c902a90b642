"""The sign-ups that were there hold to it too: none has a step yet."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0033_next_steps_have_days")]
    operations = [ValidateConstraint("signup", "sign_up_next_step_has_day")]
