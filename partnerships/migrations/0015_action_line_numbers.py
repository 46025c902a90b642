"""Of action lines of one partnership with the same number the later ones get the first number that is free."""

from django.db import migrations


def number_apart(apps, _editor):
    taken: dict[int, set[int]] = {}
    for line in apps.get_model("partnerships", "ActionLine").objects.order_by("pk"):
        numbers = taken.setdefault(line.partnership_id, set())
        if line.number in numbers:
            line.number = max(numbers) + 1
            line.save(update_fields=["number"])
        numbers.add(line.number)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0014_action_lines_found")]
    operations = [migrations.RunPython(number_apart, migrations.RunPython.noop)]
