"""Letters to many: what went out, to whom and to how many."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import core.dates

TIED = """
ALTER TABLE partnerships_memberletter ADD CONSTRAINT member_letter_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
LOOSE = "ALTER TABLE partnerships_memberletter DROP CONSTRAINT member_letter_group_of_its_partnership;"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("partnerships", "0047_indicators"),
    ]

    operations = [
        migrations.CreateModel(
            name="MemberLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject", models.CharField(max_length=80, verbose_name="subject of the email")),
                ("text", models.TextField(max_length=4000, verbose_name="what you write")),
                ("recipients", models.PositiveIntegerField(verbose_name="number of people")),
                ("day", models.DateField(default=core.dates.today, verbose_name="day")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="written by",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="partnerships.call",
                        verbose_name="call for employers",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter to many",
                "verbose_name_plural": "letters to many",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["partnership", "-at", "-id"], name="member_letter_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__isnull", True), ("call__isnull", True), _connector="OR"),
                        name="member_letter_to_one_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="member_letter_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipients__gte", 1)), name="member_letter_to_someone"
                    ),
                    models.UniqueConstraint(
                        fields=("partnership", "group", "call", "day"),
                        name="member_letter_once_a_day",
                        nulls_distinct=False,
                        violation_error_message="They were written to today already. Write again tomorrow.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TIED, LOOSE),
    ]
