import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import core.emails


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("good_friday", "Good Friday"), ("liberation_day", "Liberation Day")],
                        max_length=20,
                        verbose_name="free where chosen",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="DatabaseMark",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
            ],
            options={
                "verbose_name": "database mark",
                "verbose_name_plural": "database marks",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="databasemark_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolHoliday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study_year", models.PositiveSmallIntegerField(verbose_name="study year")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("autumn", "autumn break"),
                            ("christmas", "Christmas break"),
                            ("spring", "spring break"),
                            ("may", "May break"),
                            ("summer", "summer break"),
                        ],
                        max_length=10,
                        verbose_name="break",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        choices=[("north", "north"), ("middle", "middle"), ("south", "south")],
                        max_length=10,
                        verbose_name="region",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "school holiday",
                "verbose_name_plural": "school holidays",
                "ordering": ("starts_on", "region"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study_year", "period", "region"), name="schoolholiday_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="schoolholiday_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StateChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80, verbose_name="model")),
                ("object_id", models.CharField(max_length=40, verbose_name="object")),
                ("action", models.CharField(max_length=40, verbose_name="action")),
                ("from_state", models.CharField(max_length=40, verbose_name="from state")),
                ("to_state", models.CharField(max_length=40, verbose_name="to state")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("subject", models.UUIDField(blank=True, null=True, verbose_name="person it is about")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        help_text="The change that this one followed from, so that both can be taken back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caused",
                        to="core.statechange",
                        verbose_name="caused by",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="core.statechange",
                        verbose_name="takes back",
                    ),
                ),
            ],
            options={
                "verbose_name": "state change",
                "verbose_name_plural": "state changes",
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80, verbose_name="kind")),
                ("to_email", core.emails.EmailField(max_length=254, verbose_name="to address")),
                ("reply_to", core.emails.EmailField(blank=True, max_length=254, verbose_name="reply to")),
                ("subject", models.CharField(max_length=250, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("link", models.CharField(blank=True, max_length=500, verbose_name="link")),
                (
                    "list_unsubscribe",
                    models.CharField(blank=True, max_length=500, verbose_name="unsubscribe link"),
                ),
                ("is_secret", models.BooleanField(default=False, verbose_name="text is wiped once sent")),
                ("message_id", models.CharField(max_length=120, unique=True, verbose_name="message id")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="due")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("claimed_by", models.UUIDField(blank=True, null=True, verbose_name="claimed by")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing_mails",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The act that it tells of. If that is taken back, a mail that still waits is not sent.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="core.statechange",
                        verbose_name="about",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mails",
            },
        ),
        migrations.CreateModel(
            name="FieldChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80, verbose_name="model")),
                ("object_id", models.CharField(max_length=40, verbose_name="object")),
                ("field", models.CharField(max_length=80, verbose_name="field")),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="before",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="after",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("subject", models.UUIDField(blank=True, null=True, verbose_name="person it is about")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a field",
                "verbose_name_plural": "changes of fields",
                "indexes": [models.Index(fields=["model", "object_id", "at"], name="fieldchange_object")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("before__isnull", False), ("after__isnull", False), _connector="OR"),
                            models.Q(
                                ("before__isnull", True),
                                ("after__isnull", True),
                                models.Q(("before", models.F("after")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="fieldchange_changes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.UUIDField(verbose_name="subject")),
                ("read_on", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("list", "saw you in a list"), ("file", "opened your file")],
                        max_length=4,
                        verbose_name="what was read",
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="first seen"),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "read of a file",
                "verbose_name_plural": "reads of files",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "read_on", "reader", "kind"), name="readlog_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SentReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80, verbose_name="kind")),
                ("subject_key", models.CharField(max_length=80, verbose_name="subject")),
                ("step", models.CharField(max_length=40, verbose_name="step")),
                ("day", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_reminders",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "sent reminder",
                "verbose_name_plural": "sent reminders",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject_key", "person", "step", "day"), name="sentreminder_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="statechange",
            index=models.Index(fields=["model", "object_id", "at"], name="statechange_object"),
        ),
        migrations.AddConstraint(
            model_name="statechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause__isnull", True), ("cause__lt", models.F("id")), _connector="OR"),
                    models.Q(("undoes__isnull", True), ("undoes__lt", models.F("id")), _connector="OR"),
                ),
                name="statechange_points_back",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["due_at", "id"], name="outgoingmail_due"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["person", "created_at"], name="outgoingmail_person"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="outgoingmail_sent_has_time",
            ),
        ),
    ]
