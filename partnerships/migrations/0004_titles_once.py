"""One initiative, call or group of a name: a second press of the button makes no second one.

Before the first release no installation holds data in which two could bear one name.
"""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_location_name_once")]

    operations = [
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                models.F("study_year"),
                Lower("title"),
                name="call_title_once_a_year",
                violation_error_message="There is a call with this title already. Look in the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                Lower("name"),
                models.F("ends_on"),
                name="group_name_once",
                nulls_distinct=False,
                violation_error_message="There is a group with this name already. Look in the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                Lower("title"),
                name="initiative_title_once",
                violation_error_message="There is an initiative with this title already. Look in the list.",
            ),
        ),
    ]
