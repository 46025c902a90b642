"""Why something was done may be told as long everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0003_partners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accreditationcheck",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason"),
        ),
    ]
