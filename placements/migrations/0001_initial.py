import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.dates


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_search"),
        ("accounts", "0001_initial"),
        ("partnerships", "0001_initial"),
        ("programmes", "0001_initial"),
        ("students", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlacementTerms",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("starts_on", models.DateField(verbose_name="holds from")),
                ("ends_on", models.DateField(null=True, verbose_name="holds until")),
                (
                    "week",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        size=None,
                        verbose_name="minutes for each day of the week",
                    ),
                ),
                (
                    "minutes_per_week",
                    models.PositiveSmallIntegerField(null=True, verbose_name="minutes a week"),
                ),
            ],
            options={
                "verbose_name": "terms of a placement",
                "verbose_name_plural": "terms of placements",
                "db_table": "placements_placementterms",
                "ordering": ["starts_on", "pk"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Supervisor",
            fields=[],
            options={
                "verbose_name": "work supervisor",
                "verbose_name_plural": "work supervisors",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("partnerships.membership",),
        ),
        migrations.CreateModel(
            name="AnswerTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(unique=True, verbose_name="for proposals from")),
                (
                    "remind_after",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="reminded after (working days)",
                    ),
                ),
                (
                    "colleague_after",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="a colleague asked after (working days)",
                    ),
                ),
                (
                    "expires_after",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="expires after (working days)",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "term for an answer",
                "verbose_name_plural": "terms for an answer",
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remind_after__gte", 1),
                            ("remind_after__lt", models.F("colleague_after")),
                            ("colleague_after__lt", models.F("expires_after")),
                            ("expires_after__lte", 40),
                        ),
                        name="answer_term_in_order",
                        violation_error_message="First a reminder, then a colleague, then it expires.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="answer_term_has_source",
                        violation_error_message="Say where the terms come from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
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
                            ("proposed", "proposed"),
                            ("employer_agreed", "agreed by the employer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                        ],
                        default="proposed",
                        max_length=15,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why this match")),
                (
                    "answer_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the answer"),
                ),
                (
                    "close_cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("silence", "There was no answer in time."),
                            ("full", "All training places here have been given away."),
                            ("slot_closed", "The employer has closed this training place."),
                            ("slot_over", "The period of this training place is over."),
                            ("enrolment_over", "The enrolment has ended."),
                            ("placed_elsewhere", "The student accepted another training place."),
                            ("withdrawn", "The school took the proposal back."),
                        ],
                        max_length=16,
                        verbose_name="why it ended without an answer",
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed at")),
                (
                    "employer_agreed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="agreed by the employer at"),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                ("answer_by", models.DateField(verbose_name="answer by")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="students.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["-proposed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
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
                ("title", models.CharField(max_length=120, verbose_name="name of the training place")),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("bbl", "BBL (working and learning)"),
                            ("bol", "BOL (school with placements)"),
                            ("third", "third route"),
                        ],
                        default="bbl",
                        max_length=5,
                        verbose_name="learning route",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="number of training places",
                    ),
                ),
                (
                    "max_open",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="proposals at the same time",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "week",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(1440)]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="working days and hours",
                    ),
                ),
                (
                    "hours_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="hours a week",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("nursing_home", "nursing home"),
                            ("care_home", "residential care"),
                            ("district_care", "district care"),
                            ("home_care", "home care"),
                            ("group_home", "group home"),
                            ("day_centre", "day centre"),
                            ("community", "neighbourhood and community work"),
                            ("hospital", "hospital"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind of workplace",
                    ),
                ),
                (
                    "tasks",
                    models.CharField(blank=True, max_length=500, verbose_name="what does a student do here"),
                ),
                (
                    "learns",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what does a student learn here"
                    ),
                ),
                (
                    "supervision_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(40)],
                        verbose_name="hours of guidance a week",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("named", "named partners"),
                            ("partnership", "the whole partnership"),
                            ("region", "the whole region"),
                        ],
                        default="partnership",
                        max_length=12,
                        verbose_name="who may find this training place",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("online", "online"), ("closed", "closed")],
                        default="draft",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="partnerships.call",
                        verbose_name="call for employers",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="placements.slot",
                        verbose_name="copied from",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="partnerships.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="slots_offered_to",
                        to="partnerships.organisation",
                        verbose_name="named partners",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "qualifications",
                    models.ManyToManyField(
                        related_name="slots",
                        to="programmes.qualification",
                        verbose_name="for which programme",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="placements.supervisor",
                        verbose_name="work supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "slot",
                "verbose_name_plural": "slots",
                "ordering": ["starts_on", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
                ("seat_no", models.PositiveSmallIntegerField(verbose_name="seat")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "ordinary placement"), ("exchange", "exchange placement")],
                        default="ordinary",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("running", "running"),
                            ("ending", "ends early"),
                            ("completed", "completed"),
                            ("broken_off", "broken off"),
                            ("cancelled", "did not go ahead"),
                        ],
                        default="confirmed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="end")),
                ("confirmed_on", models.DateField(default=core.dates.today, verbose_name="confirmed on")),
                (
                    "would_end_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="would have ended on"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="students.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True, related_name="placements", to="students.goal", verbose_name="goals"
                    ),
                ),
                (
                    "match",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement",
                        to="placements.match",
                        verbose_name="match",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="partnerships.organisation",
                        verbose_name="employer",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="students.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="placements.slot",
                        verbose_name="slot",
                    ),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
                "ordering": ["-starts_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="match",
            name="slot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matches",
                to="placements.slot",
                verbose_name="slot",
            ),
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="named by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="employer",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="placements.placement",
                        verbose_name="placement",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="placements.supervisor",
                        verbose_name="work supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision",
                "verbose_name_plural": "supervisions",
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["enrolment", "state"], name="placement_enrolment_state"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["organisation", "enrolment"], name="placement_employer_enrolment"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["confirmed_on"], name="placement_confirmed_on"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("state__in", ("confirmed", "running", "ending"))),
                fields=["slot", "ends_on"],
                name="placement_live_of_slot",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("state", "confirmed")), fields=["starts_on"], name="placement_to_start"
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("state__in", ("running", "ending"))),
                fields=["ends_on"],
                name="placement_to_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="placement_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("ending", "broken_off")), ("would_end_on__gte", models.F("ends_on"))
                    ),
                    models.Q(
                        models.Q(("state__in", ("ending", "broken_off")), _negated=True),
                        ("would_end_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="placement_stopped_early_would_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ("broken_off", "cancelled"))),
                    models.Q(
                        models.Q(("state__in", ("broken_off", "cancelled")), _negated=True),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="placement_ended_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat_no__gte", 1)), name="placement_seat_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                expressions=[
                    ("slot", "="),
                    ("seat_no", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="placement_seat_given_once",
                violation_error_message="This seat is already taken in this period.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(models.Q(("state", "cancelled"), _negated=True), ("kind", "ordinary")),
                expressions=[
                    ("student", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="placement_ordinary_one_at_a_time",
                violation_error_message="This student already has a training place in this period.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(models.Q(("state", "cancelled"), _negated=True), ("kind", "exchange")),
                expressions=[
                    ("student", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="placement_exchange_one_at_a_time",
                violation_error_message="This student already has a training place in this period.",
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["slot", "state"], name="match_slot_state"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["enrolment", "state"], name="match_enrolment_state"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(("state__in", ("proposed", "employer_agreed"))),
                fields=["asked_at", "id"],
                name="match_open_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "employer_agreed"))),
                fields=("slot", "enrolment"),
                name="match_open_once",
                violation_error_message="This student is already proposed for this training place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["employer_agreed", "accepted"]), _negated=True),
                    ("employer_agreed_at__isnull", False),
                    _connector="OR",
                ),
                name="match_agreed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "expired"), _negated=True),
                    models.Q(("close_cause", ""), _negated=True),
                    _connector="OR",
                ),
                name="match_expired_has_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["expired", "withdrawn"]), ("close_cause", ""), _connector="OR"
                ),
                name="match_cause_of_the_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="supervision_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="supervision_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("placement", "="),
                    ("membership", "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="supervision_runs_once",
                violation_error_message="This supervisor guides the student already.",
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                fields=["organisation", "starts_on", "title", "id"], name="slot_of_organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("state", "online")),
                fields=["partnership", "starts_on", "title", "id"],
                name="slot_online_in_partnership",
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("state", "online")),
                fields=["confirmed_on", "id"],
                name="slot_online_by_confirmation",
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("state", "online")),
                fields=["partnership", "setting"],
                name="slot_online_by_setting",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1)),
                name="slot_seats_positive",
                violation_error_message="Give a number of 1 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_open__gte", 1)),
                name="slot_max_open_positive",
                violation_error_message="Give a number of 1 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="slot_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("week__len__in", (0, 7, 14))), name="slot_week_is_one_or_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("week__len", 0), ("hours_per_week__isnull", True), _connector="OR"),
                name="slot_hours_a_week_where_days_vary",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "online"), _negated=True),
                    ("confirmed_on__isnull", False),
                    _connector="OR",
                ),
                name="slot_online_is_confirmed",
            ),
        ),
    ]
