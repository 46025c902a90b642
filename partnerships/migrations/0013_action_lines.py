"""An action line gets an address, an owner, a group and a period, and its changes are counted.

What its links and its address lean on comes in the migrations after this one.
"""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models
from django.db.models.deletion import PROTECT

ADDRESS = "ALTER TABLE partnerships_actionline ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid()"
LINKS = "ALTER TABLE partnerships_actionline ADD COLUMN owner_id bigint NULL, ADD COLUMN group_id bigint NULL"


def gone(*names: str) -> str:
    return f"ALTER TABLE partnerships_actionline {', '.join(f'DROP COLUMN {name}' for name in names)}"


def link(to: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=PROTECT, related_name="action_lines", to=to, verbose_name=name
    )


class Migration(migrations.Migration):
    unlike_the_rules = {
        "adding-field-with-default": "each row gets an address of its own; a partnership has a handful of them"
    }
    dependencies = [
        ("accounts", "0009_one_limit_of_reasons"),
        ("partnerships", "0012_phone_of_sign_ups"),
    ]
    operations = [
        migrations.AddField(
            "actionline",
            "row_version",
            models.PositiveIntegerField(
                db_default=1, default=1, editable=False, verbose_name="number of the version"
            ),
        ),
        migrations.AddField(
            "actionline", "starts_on", models.DateField(blank=True, null=True, verbose_name="start")
        ),
        migrations.AddField(
            "actionline", "ends_on", models.DateField(blank=True, null=True, verbose_name="end")
        ),
        migrations.AddField(
            "actionline",
            "ended_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
        ),
        migrations.RunSQL(
            ADDRESS,
            gone("public_id"),
            state_operations=[
                migrations.AddField(
                    "actionline",
                    "public_id",
                    models.UUIDField(
                        db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True
                    ),
                )
            ],
        ),
        migrations.RunSQL(
            LINKS,
            gone("owner_id", "group_id"),
            state_operations=[
                migrations.AddField("actionline", "owner", link("accounts.person", "owner")),
                migrations.AddField("actionline", "group", link("partnerships.group", "group")),
            ],
        ),
    ]
