"""Each theme that a partnership shares becomes one of its own, under the same name."""

from django.db import migrations


def move_over(apps, _editor):
    own = apps.get_model("partnerships", "PartnershipTheme").objects
    for partnership in apps.get_model("partnerships", "Partnership").objects.order_by("pk").iterator():
        known = set(own.filter(partnership=partnership).values_list("root", flat=True))
        for root in partnership.themes.exclude(pk__in=known).order_by("pk"):
            own.create(partnership=partnership, root=root, name=root.name)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0022_themes_of_action_lines_found")]
    operations = [migrations.RunPython(move_over, migrations.RunPython.noop)]
