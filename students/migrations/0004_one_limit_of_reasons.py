"""Why something was done may be told as long everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0003_takes_part"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason for the correction"),
        ),
        migrations.AlterField(
            model_name="enrolment",
            name="leaving_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason of leaving"),
        ),
        migrations.AlterField(
            model_name="worksituation",
            name="removed_because",
            field=models.CharField(
                blank=True,
                help_text="Empty when the student withdrew it.",
                max_length=500,
                verbose_name="why the school removed it",
            ),
        ),
    ]
