"""All rows have such a term."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0066_terms_of_proposals_held")]
    operations = [ValidateConstraint("partnership", "partnership_term_of_proposals")]
