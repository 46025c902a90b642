"""What finding and counting places asks of each stands in the index that gives them in order."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

ASKED = [
    "organisation",
    "visibility",
    "confirmed_on",
    "ends_on",
    "setting",
    "seats",
    "taken",
    "qualification_ids",
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("placements", "0011_qualifications_until_now")]
    operations = [
        AddIndexConcurrently(
            model_name="slot",
            index=models.Index(
                fields=["partnership", "starts_on", "title", "id"],
                include=ASKED,
                name="slot_found_in_partnership",
                condition=models.Q(("state", "online")),
            ),
        ),
        RemoveIndexConcurrently(model_name="slot", name="slot_online_in_partnership"),
    ]
