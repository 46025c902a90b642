"""What a coordinator will do next with an employer that signed up, and from which day on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0030_validate_successors")]
    operations = [
        migrations.AddField(
            "signup",
            "next_step",
            models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="next step"),
        ),
        migrations.AddField(
            "signup",
            "next_step_on",
            models.DateField(blank=True, null=True, verbose_name="day of the next step"),
        ),
    ]
