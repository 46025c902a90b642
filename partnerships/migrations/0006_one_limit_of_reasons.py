"""Why something was done may be told as long everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_contacts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="initiative",
            name="stop_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason for stopping"),
        ),
        migrations.AlterField(
            model_name="initiativeresult",
            name="reason",
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name="reason"),
        ),
    ]
