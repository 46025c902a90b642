"""The term is between one and ninety days."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0065_terms_of_proposals")]
    operations = [
        AddConstraintNotValid(
            "partnership",
            models.CheckConstraint(
                condition=models.Q(("proposal_days__gte", 1), ("proposal_days__lte", 90)),
                name="partnership_term_of_proposals",
                violation_error_message="Choose between 1 and 90 days.",
            ),
        ),
    ]
