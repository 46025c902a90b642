import uuid

import django.contrib.postgres.constraints
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
    ]

    operations = [
        migrations.CreateModel(
            name="Qualification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "crebo",
                    models.CharField(
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{5}$", "A crebo code has 5 digits.")
                        ],
                        verbose_name="crebo",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="level",
                    ),
                ),
            ],
            options={
                "verbose_name": "qualification",
                "verbose_name_plural": "qualifications",
                "ordering": ["name", "crebo", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
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
                    "contract_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(40),
                        ],
                        verbose_name="least contract hours a week",
                    ),
                ),
                (
                    "school_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="school days a week",
                    ),
                ),
                ("is_switcher", models.BooleanField(default=False, verbose_name="for career switchers")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="partnerships.organisation",
                        verbose_name="school",
                    ),
                ),
                (
                    "qualifications",
                    models.ManyToManyField(
                        related_name="programmes",
                        to="programmes.qualification",
                        verbose_name="qualifications",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Cohort",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="planned end")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="number of students at most",
                    ),
                ),
                (
                    "school_weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Monday"),
                            (2, "Tuesday"),
                            (3, "Wednesday"),
                            (4, "Thursday"),
                            (5, "Friday"),
                            (6, "Saturday"),
                            (7, "Sunday"),
                        ],
                        null=True,
                        verbose_name="school day",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="programmes.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "cohort",
                "verbose_name_plural": "cohorts",
                "ordering": ["-starts_on", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePartnership",
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="programmes.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "partnership of a programme",
                "verbose_name_plural": "partnerships of programmes",
                "ordering": ["programme", "starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CoreTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=5, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "qualification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="core_tasks",
                        to="programmes.qualification",
                        verbose_name="qualification",
                    ),
                ),
            ],
            options={
                "verbose_name": "core task",
                "verbose_name_plural": "core tasks",
                "ordering": ["qualification", "code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QualificationFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "crebo",
                    models.CharField(
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{5}$", "A crebo code has 5 digits.")
                        ],
                        verbose_name="crebo of the file",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
            ],
            options={
                "verbose_name": "qualification file",
                "verbose_name_plural": "qualification files",
                "ordering": ["crebo", "-valid_from", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("crebo", "valid_from"), name="qualification_file_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("crebo__regex", "^\\d{5}$")),
                        name="qualification_file_crebo_format",
                        violation_error_message="A crebo code has 5 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                        name="qualification_file_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="qualification",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="qualifications",
                to="programmes.qualificationfile",
                verbose_name="qualification file",
            ),
        ),
        migrations.CreateModel(
            name="WorkProcess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=9, verbose_name="code")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "core_task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_processes",
                        to="programmes.coretask",
                        verbose_name="core task",
                    ),
                ),
            ],
            options={
                "verbose_name": "work process",
                "verbose_name_plural": "work processes",
                "ordering": [
                    "core_task__qualification__crebo",
                    "core_task__qualification__pk",
                    "core_task__code",
                    "number",
                    "pk",
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                    "kind",
                    models.CharField(
                        choices=[("lesson", "lesson"), ("practice_meeting", "practice meeting")],
                        default="lesson",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("theme", models.CharField(max_length=160, verbose_name="theme")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("bring", models.CharField(blank=True, max_length=200, verbose_name="what to bring")),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("material", models.TextField(blank=True, max_length=4000, verbose_name="material")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="programmes.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "work_processes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="sessions",
                        to="programmes.workprocess",
                        verbose_name="work processes",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AccreditationCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "crebo",
                    models.CharField(
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{5}$", "A crebo code has 5 digits.")
                        ],
                        verbose_name="crebo",
                    ),
                ),
                ("learning_company_id", models.CharField(max_length=20, verbose_name="learning company ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("withdrawn", "withdrawn"),
                            ("unknown", "unknown"),
                        ],
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="holds from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="holds until")),
                ("checked_on", models.DateField(verbose_name="checked on")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("proof", models.CharField(blank=True, max_length=500, verbose_name="proof")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="checked by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="programmes.accreditationcheck",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accreditation_checks",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_checks",
                        to="partnerships.organisation",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "verbose_name": "accreditation check",
                "verbose_name_plural": "accreditation checks",
                "ordering": ["organisation", "crebo", "pk"],
                "indexes": [
                    models.Index(fields=["organisation", "crebo", "checked_on"], name="accreditation_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("crebo__regex", "^\\d{5}$")),
                        name="accreditation_crebo_format",
                        violation_error_message="A crebo code has 5 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="accreditation_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "verified"), _negated=True),
                            ("valid_from__isnull", False),
                            _connector="OR",
                        ),
                        name="accreditation_verified_has_start",
                        violation_error_message="Enter the day from which the accreditation is valid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            ("valid_until__isnull", False),
                            _connector="OR",
                        ),
                        name="accreditation_withdrawn_has_end",
                        violation_error_message="Give the last day on which the accreditation held.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="accreditation_correction_has_reason",
                        violation_error_message="Say why this corrects the earlier check.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CohortTeacher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, verbose_name="asked first")),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohort_teachers",
                        to="programmes.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohort_teachers",
                        to="partnerships.membership",
                        verbose_name="teacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "teacher of a cohort",
                "verbose_name_plural": "teachers of cohorts",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="cohort_teacher_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"
                        ),
                        name="cohort_teacher_ended_has_last_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            ("cohort", "="),
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
                        name="cohort_teacher_runs_once",
                        violation_error_message="This teacher already teaches this cohort.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_lead", True), ("ended_at__isnull", True)),
                        expressions=[
                            ("cohort", "="),
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
                        name="cohort_teacher_one_lead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerEmployer",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_programmes",
                        to="partnerships.organisation",
                        verbose_name="partner employer",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_employers",
                        to="programmes.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner employer",
                "verbose_name_plural": "partner employers",
                "ordering": ["programme", "starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="partner_employer_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"
                        ),
                        name="partner_employer_ended_has_last_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            ("programme", "="),
                            ("organisation", "="),
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
                        name="partner_employer_runs_once",
                        violation_error_message="This employer already takes part in the programme.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.UniqueConstraint(
                fields=("programme", "name"),
                name="cohort_name_once",
                violation_error_message="The programme already has a cohort with this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="cohort_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1)),
                name="cohort_capacity_positive",
                violation_error_message="A cohort has room for 1 student or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmepartnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="programme_partnership_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmepartnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="programme_partnership_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmepartnership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("programme", "="),
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
                name="programme_partnership_runs_once",
                violation_error_message="The programme is part of another partnership in these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmepartnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ended_at__isnull", False), _connector="OR"),
                name="programme_partnership_ends_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(
                fields=("school", "name"),
                name="programme_name_once",
                violation_error_message="The school already has a programme with this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("school_days__lte", 5)), name="programme_school_days_0_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="coretask",
            constraint=models.UniqueConstraint(fields=("qualification", "code"), name="core_task_once"),
        ),
        migrations.AddConstraint(
            model_name="coretask",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[BP]\\d-K\\d$")), name="core_task_code_format"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.UniqueConstraint(fields=("file", "crebo"), name="qualification_once_per_file"),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("crebo__regex", "^\\d{5}$")),
                name="qualification_crebo_format",
                violation_error_message="A crebo code has 5 digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="qualification_level_1_to_4"
            ),
        ),
        migrations.AddConstraint(
            model_name="workprocess",
            constraint=models.UniqueConstraint(fields=("core_task", "code"), name="work_process_once"),
        ),
        migrations.AddConstraint(
            model_name="workprocess",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[BP]\\d-K\\d-W\\d{1,2}$")),
                name="work_process_code_format",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["cohort", "starts_at"], name="session_cohort_start"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("cohort", "starts_at", "theme"),
                name="session_once",
                violation_error_message="This session is already in the timetable.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_after_start",
                violation_error_message="The end must be after the start.",
            ),
        ),
    ]
