"""That an organisation begins with a proposal too can be taken back: a row beside it says so."""

import django.db.models.deletion
from django.db import migrations, models

import core.dates


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("meetings", "0016_agreements_of_decisions_looked_at"),
    ]
    operations = [
        migrations.CreateModel(
            name="AdoptionWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(default=core.dates.today, verbose_name="day")),
                (
                    "adoption",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="meetings.proposaladoption",
                        verbose_name="adoption",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawn adoption of an improvement proposal",
                "verbose_name_plural": "withdrawn adoptions of improvement proposals",
                "ordering": ["day", "pk"],
            },
        ),
    ]
