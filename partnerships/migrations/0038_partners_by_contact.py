"""Whose contact someone is, is found in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partnerships", "0037_partners_by_their_yes")]
    operations = [
        AddIndexConcurrently(
            "initiativepartner", models.Index(fields=["contact"], name="initiative_partner_contact")
        ),
    ]
