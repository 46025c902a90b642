"""What initiatives said of their money in two fields becomes a funding of theirs, where none says the same."""

from django.db import migrations
from django.db.models import Q

NOT_SAID = "Financier niet genoteerd"


def move_over(apps, _editor):
    fundings = apps.get_model("partnerships", "Funding").objects
    initiatives = apps.get_model("partnerships", "Initiative").objects
    said = initiatives.filter(~Q(funding="") | Q(funding_ends_on__isnull=False)).order_by("pk")
    for row in said.only("funding", "funding_ends_on").iterator():
        fundings.get_or_create(
            initiative_id=row.pk, source=row.funding or NOT_SAID, ends_on=row.funding_ends_on
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0058_social_returns_count_people")]
    operations = [migrations.RunPython(move_over, migrations.RunPython.noop)]
