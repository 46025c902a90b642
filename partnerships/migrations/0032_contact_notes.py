"""Contact with employers that signed up, written down as it was."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_one_limit_of_reasons"), ("partnerships", "0031_next_steps")]
    operations = [
        migrations.CreateModel(
            name="ContactNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("called", "called"),
                            ("mailed", "mailed"),
                            ("visited", "visited"),
                            ("met", "met each other"),
                        ],
                        max_length=7,
                        verbose_name="how",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="what was said")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="at"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "sign_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_notes",
                        to="partnerships.signup",
                        verbose_name="sign-up",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact with an employer",
                "verbose_name_plural": "contacts with employers",
                "ordering": ["-day", "-pk"],
                "indexes": [models.Index(fields=["sign_up", "-day", "-id"], name="contact_note_newest")],
            },
        ),
    ]
