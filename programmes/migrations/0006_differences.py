"""What was reported of a work process, as a need of a partnership."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_proposals_of_decisions_looked_at"),
        ("programmes", "0005_names_are_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "need",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difference",
                        to="meetings.need",
                        verbose_name="need",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="programmes.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference between diploma and work",
                "verbose_name_plural": "differences between diploma and work",
                "ordering": ["pk"],
            },
        ),
    ]
