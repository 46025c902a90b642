"""Promises of a cooperation agreement that someone took on as an action."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0011_reports_adopted"),
        ("partnerships", "0048_member_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromisedAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised",
                        to="meetings.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised",
                        to="partnerships.promise",
                        verbose_name="promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "action that keeps a promise",
                "verbose_name_plural": "actions that keep a promise",
                "ordering": ["pk"],
            },
        ),
    ]
