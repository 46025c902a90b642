"""How long what is kept, and who asked to be erased."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_names_are_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasureLedger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                ("erased_on", models.DateField(verbose_name="day")),
                (
                    "ground",
                    models.CharField(
                        choices=[("request", "asked by the person"), ("term", "the term was over")],
                        max_length=7,
                        verbose_name="why",
                    ),
                ),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-erased_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ended")),
                ("day", models.DateField(verbose_name="day")),
                ("is_dry_run", models.BooleanField(verbose_name="counted only")),
                (
                    "report",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="report"
                    ),
                ),
            ],
            options={
                "verbose_name": "run of retention",
                "verbose_name_plural": "runs of retention",
                "ordering": ["-begun_at", "-pk"],
            },
        ),
        migrations.AlterField(
            model_name="securityevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed_in", "signed in"),
                    ("wrong_password", "wrong password"),
                    ("throttled", "too many attempts"),
                    ("denied", "page refused"),
                    ("rights", "role begun or ended"),
                    ("address", "email address changed"),
                    ("wrong_code", "wrong code of the second step"),
                    ("password", "password changed"),
                    ("second_step_on", "second step switched on"),
                    ("second_step_off", "second step switched off"),
                    ("recovery_codes", "new recovery codes made"),
                    ("linked", "signing in through an organisation linked"),
                    ("unlinked", "signing in through an organisation unlinked"),
                    ("mandate_given", "mandate given"),
                    ("mandate_ended", "mandate ended"),
                    ("support_begun", "looked at by an administrator"),
                    ("support_ended", "the administrator is done"),
                    ("sessions_ended", "signed out everywhere"),
                    ("address_asked", "other email address asked to be confirmed"),
                    ("invitation_renewed", "invitation sent again"),
                    ("mail_again", "mail sent again"),
                    ("account_closed", "signing in stopped"),
                    ("account_reopened", "signing in possible again"),
                    ("list_taken", "list downloaded"),
                    ("erasure_asked", "erasure asked"),
                    ("erasure_decided", "request for erasure decided"),
                    ("merged", "made one with another entry of the same person"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="OwnRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "to read (PDF)"), ("json", "for a computer (JSON)")],
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="hash")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_records",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "own record taken along",
                "verbose_name_plural": "own records taken along",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "term",
                    models.CharField(
                        choices=[
                            ("identity", "name, address and account, after the last enrolment, role or seat"),
                            ("record", "learning plan, after the last enrolment"),
                            ("words", "own words of a student, after the last enrolment"),
                            ("contract", "practice agreement, after the end"),
                            ("subsidy", "practice agreement used for a subsidy, after the end"),
                            ("trace", "who did, read or was mailed what"),
                            ("mail_text", "text of a mail"),
                            ("unconfirmed", "sign-up for a call that was not confirmed"),
                            ("call_contact", "contact person of a sign-up, after the call"),
                            ("unused", "account without a role, after it was used last"),
                            ("warned", "account without a role, after the warning"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="months")),
                ("days", models.PositiveSmallIntegerField(default=0, verbose_name="days")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "how long something is kept",
                "verbose_name_plural": "how long things are kept",
                "ordering": ["term", "starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("term", "starts_on"), name="retentionterm_once"),
                    models.CheckConstraint(
                        condition=models.Q(("months__gt", 0), ("days__gt", 0), _connector="OR"),
                        name="retentionterm_lasts",
                        violation_error_message="Give a number of months or days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="retentionterm_has_source",
                        violation_error_message="Say where the terms come from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="number of the version"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("withdrawn", "taken back"),
                            ("done", "carried out"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="carried out")),
                (
                    "report",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="report",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="decided by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure_requests",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure_requests",
                        to="accounts.supportact",
                        verbose_name="support act",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for erasure",
                "verbose_name_plural": "requests for erasure",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "granted"))),
                        fields=("person",),
                        name="erasure_open_once",
                        violation_error_message="You have asked this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("granted", "refused", "done")), _negated=True),
                            models.Q(
                                django.db.models.lookups.GreaterThanOrEqual(
                                    django.db.models.functions.text.Length("reason"), 15
                                ),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_decision_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False), ("report__isnull", False), ("state", "done")
                            ),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_at__isnull", True),
                                ("report__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_done_has_report",
                    ),
                ],
            },
        ),
    ]
