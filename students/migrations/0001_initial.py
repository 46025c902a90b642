import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.dates
import students.models.evidence


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_search"),
        ("accounts", "0001_initial"),
        ("partnerships", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearnerAccess",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[("plan", "the learning plan"), ("exchange", "the exchange goals only")],
                        max_length=10,
                        verbose_name="what may be seen",
                    ),
                ),
                (
                    "goals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="exchange goals"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "access to a student",
                "verbose_name_plural": "access to students",
                "db_table": "students_learneraccess",
                "ordering": ["-starts_on", "pk"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
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
                            ("waiting", "waiting list"),
                            ("enrolled", "enrolled"),
                            ("completed", "completed"),
                            ("dropped_out", "dropped out"),
                        ],
                        default="enrolled",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="planned end")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "leaving_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of leaving"),
                ),
                (
                    "wishes",
                    models.CharField(blank=True, max_length=300, verbose_name="wishes for a training place"),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="programmes.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "continues",
                    models.OneToOneField(
                        blank=True,
                        help_text="The enrolment after which this student came back; the learning plan goes on.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="students.enrolment",
                        verbose_name="continues",
                    ),
                ),
            ],
            options={
                "verbose_name": "enrolment",
                "verbose_name_plural": "enrolments",
                "ordering": ["student__person__sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Goal",
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
                    "origin",
                    models.CharField(
                        choices=[
                            ("qualification", "from the qualification"),
                            ("employer", "question of the employer"),
                            ("student", "own question of the student"),
                        ],
                        default="qualification",
                        max_length=13,
                        verbose_name="origin",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "requested"),
                            ("agreed", "not started yet"),
                            ("busy", "busy"),
                            ("demonstrated", "handed in"),
                            ("assessed", "assessed"),
                            ("lapsed", "lapsed"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "achieved"), ("not_yet", "not achieved yet")],
                        max_length=7,
                        verbose_name="result",
                    ),
                ),
                ("assessed_at", models.DateTimeField(blank=True, null=True, verbose_name="assessed at")),
                (
                    "evidence_removed",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="number of pieces of evidence removed"
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="programmes.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning goal",
                "verbose_name_plural": "learning goals",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("for_teachers", models.BooleanField(default=False, verbose_name="for my teachers")),
                (
                    "for_supervisor",
                    models.BooleanField(default=False, verbose_name="for my supervisor at work"),
                ),
                (
                    "for_employer",
                    models.BooleanField(
                        default=False, verbose_name="for the contact persons and practice trainers at work"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "text",
                    models.TextField(blank=True, max_length=4000, verbose_name="what you did and learned"),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=students.models.evidence.evidence_path, verbose_name="file"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=150, verbose_name="name of the file")),
                ("content_type", models.CharField(blank=True, editable=False, max_length=80)),
                ("size", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changed at"),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="students.goal",
                        verbose_name="learning goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GoalRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "party",
                    models.CharField(
                        choices=[("student", "student"), ("employer", "employer"), ("school", "school")],
                        max_length=8,
                        verbose_name="party",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="feedback")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="students.goalremark",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="students.goal",
                        verbose_name="learning goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback on a goal",
                "verbose_name_plural": "feedback on goals",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GoalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.CharField(max_length=200, verbose_name="goal")),
                (
                    "criterion",
                    models.CharField(blank=True, max_length=500, verbose_name="when is it achieved"),
                ),
                (
                    "way_of_working",
                    models.CharField(blank=True, max_length=500, verbose_name="way of working"),
                ),
                (
                    "evidence_asked",
                    models.CharField(blank=True, max_length=300, verbose_name="evidence asked for"),
                ),
                ("due_on", models.DateField(verbose_name="due by")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="put to consent at")),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed at")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="written by",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="students.goal",
                        verbose_name="learning goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a goal",
                "verbose_name_plural": "versions of goals",
                "ordering": ["goal", "number"],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="current",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="students.goalversion",
                verbose_name="agreed text",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="latest",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="students.goalversion",
                verbose_name="newest text",
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the answer")),
                (
                    "party",
                    models.CharField(
                        choices=[("student", "student"), ("employer", "employer"), ("school", "school")],
                        max_length=8,
                        verbose_name="party",
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                            ("group_member", "member of a group"),
                            ("student", "student"),
                        ],
                        max_length=20,
                        verbose_name="capacity",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "agreed"), ("change", "change requested")],
                        max_length=6,
                        verbose_name="answer",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "goal_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="students.goalversion",
                        verbose_name="version of a goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="handed in at")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken up again at")),
                (
                    "evidence",
                    models.ManyToManyField(
                        related_name="hand_ins", to="students.evidence", verbose_name="evidence"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_ins",
                        to="students.goal",
                        verbose_name="learning goal",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="students.goalversion",
                        verbose_name="agreed text",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-in",
                "verbose_name_plural": "hand-ins",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "achieved"), ("not_yet", "not achieved yet")],
                        max_length=7,
                        verbose_name="result",
                    ),
                ),
                ("feedback", models.CharField(blank=True, max_length=1000, verbose_name="feedback")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the correction"),
                ),
                ("at", models.DateTimeField(verbose_name="assessed at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="students.assessment",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "hand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="students.handin",
                        verbose_name="hand-in",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LearningPlan",
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
                        choices=[("draft", "draft"), ("active", "active"), ("closed", "closed")],
                        default="draft",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("activated_at", models.DateTimeField(blank=True, null=True, verbose_name="active since")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="students.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning plan",
                "verbose_name_plural": "learning plans",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="goals",
                to="students.learningplan",
                verbose_name="learning plan",
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="asked by",
                    ),
                ),
                (
                    "goal_versions",
                    models.ManyToManyField(
                        related_name="plan_versions", to="students.goalversion", verbose_name="goals"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="students.learningplan",
                        verbose_name="learning plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a plan",
                "verbose_name_plural": "versions of plans",
                "ordering": ["plan", "-number"],
            },
        ),
        migrations.CreateModel(
            name="PracticeOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=1000, verbose_name="what did you see at work")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="seen by",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.membership",
                        verbose_name="role",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="students.goalversion",
                        verbose_name="agreed text",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion from practice",
                "verbose_name_plural": "opinions from practice",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="handin",
            name="opinion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_ins",
                to="students.practiceopinion",
                verbose_name="seen at work by",
            ),
        ),
        migrations.CreateModel(
            name="Student",
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
                    "former_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="former ids",
                    ),
                ),
                ("born_on", models.DateField(verbose_name="date of birth")),
                ("town", models.CharField(max_length=80, verbose_name="town")),
                (
                    "pc4",
                    models.CharField(
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9]\\d{3}$", "Give the 4 digits of the postcode, for example 3841."
                            )
                        ],
                        verbose_name="postcode (4 digits)",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="students",
                        to="accounts.invitation",
                        verbose_name="invitation",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="student",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "student",
                "verbose_name_plural": "students",
                "ordering": ["person__sort_name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="students.student",
                verbose_name="student",
            ),
        ),
        migrations.CreateModel(
            name="Treatment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="what came out of it")),
                ("treated_at", models.DateTimeField(blank=True, null=True, verbose_name="treated at")),
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
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="treatments",
                        to="programmes.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "treatment of a work situation",
                "verbose_name_plural": "treatments of work situations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkSituation",
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
                ("for_teachers", models.BooleanField(default=False, verbose_name="for my teachers")),
                (
                    "for_supervisor",
                    models.BooleanField(default=False, verbose_name="for my supervisor at work"),
                ),
                (
                    "for_employer",
                    models.BooleanField(
                        default=False, verbose_name="for the contact persons and practice trainers at work"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=2000, verbose_name="what did you run into at work")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "brought in"),
                            ("planned", "planned"),
                            ("treated", "treated"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "removed_because",
                    models.CharField(
                        blank=True,
                        help_text="Empty when the student withdrew it.",
                        max_length=300,
                        verbose_name="why the school removed it",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="brought in at")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="students.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "sessions",
                    models.ManyToManyField(
                        related_name="situations",
                        through="students.Treatment",
                        to="programmes.session",
                        verbose_name="sessions",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="programmes.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "work situation",
                "verbose_name_plural": "work situations",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="treatment",
            name="situation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="treatments",
                to="students.worksituation",
                verbose_name="work situation",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("file", ""), _negated=True),
                    _connector="OR",
                ),
                name="evidence_text_or_file",
                violation_error_message="Write a text or add a file.",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalremark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at__isnull", True), models.Q(("text", ""), _negated=True)),
                    models.Q(("taken_back_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="remark_empty_when_taken_back",
                violation_error_message="Write your feedback.",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalremark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("corrects",),
                name="remark_corrected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalremark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), ("corrects__lt", models.F("id")), _connector="OR"
                ),
                name="remark_corrects_an_earlier_one",
            ),
        ),
        migrations.AddIndex(
            model_name="goalversion",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", False)),
                fields=["asked_at"],
                name="goal_version_asked",
            ),
        ),
        migrations.AddIndex(
            model_name="goalversion",
            index=models.Index(fields=["due_on"], name="goal_version_due"),
        ),
        migrations.AddConstraint(
            model_name="goalversion",
            constraint=models.UniqueConstraint(fields=("goal", "number"), name="goal_version_once"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("goal_version", "number"), name="consent_numbered"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("party", "employer")),
                    models.Q(models.Q(("party", "employer"), _negated=True), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="consent_organisation_of_employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "change"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="consent_change_has_remark",
                violation_error_message="Say what should change.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "not_yet"), _negated=True),
                    models.Q(("feedback", ""), _negated=True),
                    _connector="OR",
                ),
                name="assessment_not_yet_has_feedback",
                violation_error_message="Say what is still needed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects", None), ("reason", ""), models.Q(("result", ""), _negated=True)),
                    models.Q(
                        ("corrects__isnull", False),
                        models.Q(
                            models.Q(("feedback", ""), ("reason", ""), ("result", "")),
                            models.Q(
                                models.Q(("result", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="assessment_correction_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("enrolment",),
                name="plan_open_once_per_enrolment",
                violation_error_message="This student already has a learning plan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    ("activated_at__isnull", False),
                    _connector="OR",
                ),
                name="plan_active_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["plan", "state"], name="goal_plan_state"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("assessed_at__isnull", False),
                        ("result__in", ["passed", "not_yet"]),
                        ("state", "assessed"),
                    ),
                    models.Q(models.Q(("state", "assessed"), _negated=True), ("result", "")),
                    _connector="OR",
                ),
                name="goal_result_only_when_assessed",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "lapsed"]), ("current__isnull", False), _connector="OR"
                ),
                name="goal_agreed_has_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
        ),
        migrations.AddConstraint(
            model_name="practiceopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at__isnull", True), models.Q(("text", ""), _negated=True)),
                    models.Q(("taken_back_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="opinion_empty_when_taken_back",
                violation_error_message="Write what you saw.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("taken_back_at", None)),
                fields=("goal",),
                name="hand_in_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="handin",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_back_at", None), ("closed_at", None), _connector="OR"),
                name="hand_in_ends_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.CheckConstraint(
                condition=models.Q(("pc4__regex", "^[1-9]\\d{3}$")),
                name="student_pc4_format",
                violation_error_message="Give the 4 digits of the postcode, for example 3841.",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["cohort", "state"], name="enrolment_cohort_state"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "enrolled"))),
                fields=("student", "cohort"),
                name="enrolment_open_once_per_cohort",
                violation_error_message="This student is already in this cohort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("waiting", "enrolled")), ("ended_on__isnull", False), _connector="XOR"
                ),
                name="enrolment_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "dropped_out"), ("leaving_reason", ""), _connector="XOR"),
                name="enrolment_left_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="enrolment_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddIndex(
            model_name="worksituation",
            index=models.Index(fields=["enrolment", "-created_at"], name="situation_enrolment"),
        ),
        migrations.AddConstraint(
            model_name="worksituation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("text", ""), ("work_process", None)),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        models.Q(("text", ""), _negated=True),
                        ("removed_because", ""),
                    ),
                    _connector="OR",
                ),
                name="situation_blank_when_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.UniqueConstraint(
                fields=("situation", "session"), name="treatment_once_per_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("session__isnull", False), ("treated_at__isnull", False), _connector="OR"
                ),
                name="treatment_in_session_or_treated",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("treated_at__isnull", False), _connector="OR"),
                name="treatment_answer_when_treated",
            ),
        ),
    ]
