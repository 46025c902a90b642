import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import core.dates
import partnerships.models.join_requests
import partnerships.models.role_requests


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_search"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Studying",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(verbose_name="end")),
            ],
            options={
                "verbose_name": "student who takes part",
                "verbose_name_plural": "students who take part",
                "db_table": "partnerships_studying",
                "ordering": ["pk"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ActionLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("goal", models.TextField(blank=True, max_length=1000, verbose_name="goal")),
            ],
            options={
                "verbose_name": "action line",
                "verbose_name_plural": "action lines",
                "ordering": ["number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Group",
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
                        choices=[
                            ("steering", "steering group"),
                            ("project", "project group"),
                            ("preparation", "preparation group"),
                            ("working", "working group"),
                            ("committee", "committee"),
                            ("sector_table", "sector table"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("mandate", models.TextField(blank=True, max_length=2000, verbose_name="mandate")),
                (
                    "delegates_per_organisation",
                    models.PositiveSmallIntegerField(default=1, verbose_name="delegates per organisation"),
                ),
                (
                    "max_size",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="largest size"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(max_length=60, unique=True, verbose_name="short name in addresses"),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
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
                        choices=[
                            ("student", "student"),
                            ("client", "client"),
                            ("carer", "informal carer"),
                            ("expert", "expert"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "source_id",
                    models.PositiveBigIntegerField(default=0, editable=False, verbose_name="follows from"),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "voice",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind="student", then=models.Value("student")),
                            models.When(kind="client", then=models.Value("carer_or_client")),
                            models.When(kind="carer", then=models.Value("carer_or_client")),
                            models.When(kind="expert", then=models.Value("practice_expert")),
                        ),
                        output_field=models.CharField(max_length=20),
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person who takes part",
                "verbose_name_plural": "people who take part",
                "ordering": ["person__sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
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
                (
                    "slug",
                    models.SlugField(max_length=80, unique=True, verbose_name="short name in addresses"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("project", "project"),
                            ("experiment", "experiment"),
                            ("learning_workplace", "learning hub"),
                            ("programme", "programme"),
                            ("exchange", "exchange"),
                            ("training", "training"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("preparation", "preparation"),
                            ("running", "running"),
                            ("finished", "finished"),
                            ("stopped", "stopped"),
                            ("scaled_up", "scaled up"),
                        ],
                        default="idea",
                        max_length=12,
                        verbose_name="phase",
                    ),
                ),
                (
                    "stop_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for stopping"),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="summary")),
                ("question", models.TextField(blank=True, max_length=2000, verbose_name="question")),
                ("aim", models.TextField(blank=True, max_length=2000, verbose_name="aim")),
                ("approach", models.TextField(blank=True, max_length=4000, verbose_name="approach")),
                ("lessons", models.TextField(blank=True, max_length=4000, verbose_name="what we learned")),
                (
                    "partners_wanted",
                    models.CharField(blank=True, max_length=300, verbose_name="partners wanted"),
                ),
                (
                    "success_measure",
                    models.CharField(blank=True, max_length=300, verbose_name="measure of success"),
                ),
                ("funding", models.CharField(blank=True, max_length=200, verbose_name="funding")),
                ("funding_ends_on", models.DateField(blank=True, null=True, verbose_name="funding ends on")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("dr", "Drenthe"),
                                ("fl", "Flevoland"),
                                ("fr", "Friesland"),
                                ("ge", "Gelderland"),
                                ("gr", "Groningen"),
                                ("li", "Limburg"),
                                ("nb", "Noord-Brabant"),
                                ("nh", "Noord-Holland"),
                                ("ov", "Overijssel"),
                                ("ut", "Utrecht"),
                                ("ze", "Zeeland"),
                                ("zh", "Zuid-Holland"),
                            ],
                            max_length=2,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="provinces",
                    ),
                ),
                (
                    "branches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("elderly_care", "nursing and elderly care"),
                                ("disability_care", "disability care"),
                                ("mental_health", "mental health care"),
                                ("hospital", "hospitals"),
                                ("home_care", "home care and district care"),
                                ("welfare", "welfare and social work"),
                                ("youth", "youth care"),
                                ("maternity", "maternity care"),
                                ("shelter", "social shelter"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="branches",
                    ),
                ),
                (
                    "theme_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
                ("refreshed_on", models.DateField(default=core.dates.today, verbose_name="last updated on")),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "action_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiatives",
                        to="partnerships.actionline",
                        verbose_name="action line",
                    ),
                ),
            ],
            options={
                "verbose_name": "initiative",
                "verbose_name_plural": "initiatives",
                "ordering": ["-refreshed_on", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
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
                        choices=[
                            ("invited", "invited by the partnership"),
                            ("asked", "asked by the organisation"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("coordinating_body", "coordinating body"),
                            ("member", "member"),
                            ("observer", "observer"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "partnership_yes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="yes of the partnership"),
                ),
                (
                    "organisation_yes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="yes of the organisation"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                (
                    "expires_on",
                    models.DateField(
                        default=partnerships.models.join_requests.last_day, verbose_name="last day"
                    ),
                ),
                (
                    "is_accepted",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("state", "accepted")), models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "coordinates",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("role__in", ("lead", "coordinating_body"))), models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "organisation_yes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="yes of the organisation by",
                    ),
                ),
                (
                    "partnership_yes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="yes of the partnership by",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                (
                    "slug",
                    models.SlugField(max_length=80, unique=True, verbose_name="short name in addresses"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("care_provider", "care provider"),
                            ("welfare", "welfare organisation"),
                            ("school", "vocational college"),
                            ("employers", "employers' organisation"),
                            ("work_integration", "work integration agency"),
                            ("municipality", "municipality"),
                            ("province", "province"),
                            ("knowledge_network", "knowledge network"),
                            ("clients", "clients' organisation"),
                            ("other", "other organisation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "branches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("elderly_care", "nursing and elderly care"),
                                ("disability_care", "disability care"),
                                ("mental_health", "mental health care"),
                                ("hospital", "hospitals"),
                                ("home_care", "home care and district care"),
                                ("welfare", "welfare and social work"),
                                ("youth", "youth care"),
                                ("maternity", "maternity care"),
                                ("shelter", "social shelter"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="branches",
                    ),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dr", "Drenthe"),
                            ("fl", "Flevoland"),
                            ("fr", "Friesland"),
                            ("ge", "Gelderland"),
                            ("gr", "Groningen"),
                            ("li", "Limburg"),
                            ("nb", "Noord-Brabant"),
                            ("nh", "Noord-Holland"),
                            ("ov", "Overijssel"),
                            ("ut", "Utrecht"),
                            ("ze", "Zeeland"),
                            ("zh", "Zuid-Holland"),
                        ],
                        max_length=2,
                        verbose_name="province",
                    ),
                ),
                ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "free_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("good_friday", "Good Friday"), ("liberation_day", "Liberation Day")],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="days off of its own choice",
                    ),
                ),
                (
                    "holiday_region",
                    models.CharField(
                        blank=True,
                        choices=[("north", "north"), ("middle", "middle"), ("south", "south")],
                        max_length=10,
                        verbose_name="region of the school holidays",
                    ),
                ),
                (
                    "kvk",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{8}$", "A KvK number has 8 digits.")
                        ],
                        verbose_name="KvK number",
                    ),
                ),
                (
                    "learning_company_id",
                    models.CharField(blank=True, max_length=20, verbose_name="learning company ID"),
                ),
                (
                    "brin",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{2}[A-Z]{2}$", "A BRIN has two digits and two capitals."
                            )
                        ],
                        verbose_name="BRIN",
                    ),
                ),
                ("is_published", models.BooleanField(default=True, verbose_name="has a public page")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="partnerships.organisation",
                        verbose_name="is the same organisation as",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="partnerships.organisation",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MembershipInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "also",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                        ],
                        max_length=20,
                        verbose_name="second role",
                    ),
                ),
                (
                    "may_consent",
                    models.BooleanField(default=False, verbose_name="may agree to goals of own students"),
                ),
                ("may_sign", models.BooleanField(default=False, verbose_name="may sign agreements")),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membership",
                        to="accounts.invitation",
                        verbose_name="invitation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to an organisation",
                "verbose_name_plural": "invitations to organisations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["person__sort_name", "role", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Member",
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("coordinating_body", "coordinating body"),
                            ("member", "member"),
                            ("observer", "observer"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "rests_on_accepted",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(ended_at__isnull=True, then=True),
                            output_field=models.BooleanField(null=True),
                        ),
                        output_field=models.BooleanField(null=True),
                    ),
                ),
                (
                    "coordinates",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("role__in", ("lead", "coordinating_body"))), models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "join_request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="partnerships.joinrequest",
                        verbose_name="request to join",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="partnerships.member",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["organisation__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Location",
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
                ("municipality", models.CharField(max_length=80, verbose_name="town")),
                ("neighbourhood", models.CharField(blank=True, max_length=80, verbose_name="neighbourhood")),
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
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                (
                    "ends_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="closed on"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="partnerships.location",
                        verbose_name="is the same location as",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locations",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "location",
                "verbose_name_plural": "locations",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="join_requests",
                to="partnerships.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.CreateModel(
            name="InitiativePartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiatives",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["organisation__name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GroupSeat",
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
                    "perspective",
                    models.CharField(
                        choices=[
                            ("delegate", "delegate of an organisation"),
                            ("student", "student"),
                            ("practice_expert", "practice expert"),
                            ("work_supervisor", "work supervisor"),
                            ("carer_or_client", "informal carer or client"),
                        ],
                        default="delegate",
                        max_length=20,
                        verbose_name="voice",
                    ),
                ),
                ("is_observer", models.BooleanField(default=False, verbose_name="observer")),
                ("is_chair", models.BooleanField(default=False, verbose_name="chair")),
                ("is_secretary", models.BooleanField(default=False, verbose_name="secretary")),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="partnerships.affiliation",
                        verbose_name="takes part as",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat",
                        to="accounts.invitation",
                        verbose_name="invitation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GroupExpectation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "perspective",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("delegate", "delegate of an organisation"),
                            ("student", "student"),
                            ("practice_expert", "practice expert"),
                            ("work_supervisor", "work supervisor"),
                            ("carer_or_client", "informal carer or client"),
                        ],
                        max_length=20,
                        verbose_name="voice",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="number",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expectations",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expected_in",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "who is expected",
                "verbose_name_plural": "who are expected",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="affiliation",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affiliations",
                to="partnerships.organisation",
                verbose_name="comes with",
            ),
        ),
        migrations.CreateModel(
            name="Partnership",
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
                (
                    "slug",
                    models.SlugField(max_length=80, unique=True, verbose_name="short name in addresses"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("bilateral", "bilateral contract"),
                            ("network", "network with exchange"),
                            ("learning_workplaces", "learning hubs"),
                            ("platform", "platform with action lines"),
                            ("open_pact", "open pact"),
                        ],
                        max_length=20,
                        verbose_name="shape",
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("description", models.TextField(blank=True, max_length=6000, verbose_name="description")),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("dr", "Drenthe"),
                                ("fl", "Flevoland"),
                                ("fr", "Friesland"),
                                ("ge", "Gelderland"),
                                ("gr", "Groningen"),
                                ("li", "Limburg"),
                                ("nb", "Noord-Brabant"),
                                ("nh", "Noord-Holland"),
                                ("ov", "Overijssel"),
                                ("ut", "Utrecht"),
                                ("ze", "Zeeland"),
                                ("zh", "Zuid-Holland"),
                            ],
                            max_length=2,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="provinces",
                    ),
                ),
                (
                    "municipalities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="municipalities",
                    ),
                ),
                (
                    "branches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("elderly_care", "nursing and elderly care"),
                                ("disability_care", "disability care"),
                                ("mental_health", "mental health care"),
                                ("hospital", "hospitals"),
                                ("home_care", "home care and district care"),
                                ("welfare", "welfare and social work"),
                                ("youth", "youth care"),
                                ("maternity", "maternity care"),
                                ("shelter", "social shelter"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="branches",
                    ),
                ),
                ("is_published", models.BooleanField(default=True, verbose_name="has a public page")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "organisations",
                    models.ManyToManyField(
                        related_name="partnerships",
                        through="partnerships.Member",
                        to="partnerships.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="partnerships.partnership",
                        verbose_name="successor",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="partnerships",
                        to="partnerships.theme",
                        verbose_name="themes",
                    ),
                ),
            ],
            options={
                "verbose_name": "partnership",
                "verbose_name_plural": "partnerships",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="member",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="join_requests",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="initiatives",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="groups",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.CreateModel(
            name="Call",
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
                (
                    "slug",
                    models.SlugField(max_length=80, unique=True, verbose_name="short name in addresses"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("summary", models.CharField(max_length=300, verbose_name="summary")),
                ("text", models.TextField(blank=True, max_length=6000, verbose_name="text")),
                (
                    "study_year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it starts.", verbose_name="study year"
                    ),
                ),
                (
                    "partners_target",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="partners wanted",
                    ),
                ),
                (
                    "places_target",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="training places wanted",
                    ),
                ),
                ("kick_off_on", models.DateField(blank=True, null=True, verbose_name="kick-off")),
                ("deadline", models.DateField(verbose_name="deadline")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("closed", "closed")],
                        default="open",
                        editable=False,
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="closed on"),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("is_example", models.BooleanField(default=False, verbose_name="example data")),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "call for employers",
                "verbose_name_plural": "calls for employers",
                "ordering": ["-deadline", "pk"],
            },
        ),
        migrations.AddField(
            model_name="affiliation",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affiliations",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.AddField(
            model_name="actionline",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="action_lines",
                to="partnerships.partnership",
                verbose_name="partnership",
            ),
        ),
        migrations.CreateModel(
            name="RoleRequest",
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
                            ("open", "waits for an answer"),
                            ("given", "role given"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                (
                    "expires_on",
                    models.DateField(
                        default=partnerships.models.role_requests.last_day, verbose_name="last day"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_requests",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_requests",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a role",
                "verbose_name_plural": "requests for a role",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
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
                    "organisation_name",
                    models.CharField(max_length=120, verbose_name="name of the organisation"),
                ),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="number of training places",
                    ),
                ),
                ("neighbourhood", models.CharField(max_length=80, verbose_name="neighbourhood or town")),
                ("setting", models.CharField(blank=True, max_length=120, verbose_name="kind of workplace")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="condition")),
                ("remark", models.TextField(blank=True, max_length=1000, verbose_name="remark")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("interest", "interest"),
                            ("talking", "in talks"),
                            ("pledged", "pledged"),
                            ("signed", "signed"),
                            ("started", "started"),
                            ("dropped_out", "dropped out"),
                        ],
                        default="interest",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="received at")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="partnerships.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="accounts.person",
                        verbose_name="contact person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-up",
                "verbose_name_plural": "sign-ups",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignUpLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_up",
                        to="accounts.personallink",
                        verbose_name="link",
                    ),
                ),
                (
                    "sign_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="partnerships.signup",
                        verbose_name="sign-up",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a sign-up",
                "verbose_name_plural": "links to sign-ups",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="themes",
            field=models.ManyToManyField(
                blank=True, related_name="initiatives", to="partnerships.theme", verbose_name="themes"
            ),
        ),
        migrations.CreateModel(
            name="InitiativeResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("label", models.CharField(max_length=120, verbose_name="what was measured")),
                ("value", models.CharField(max_length=40, verbose_name="result")),
                ("measured_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="at"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="partnerships.initiativeresult",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="partnerships.initiative",
                        verbose_name="initiative",
                    ),
                ),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "ordering": [models.OrderBy(models.F("measured_on"), descending=True, nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="result_correction_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "manager"),
                            ("contact", "contact person"),
                            ("practice_trainer", "practice trainer"),
                            ("supervisor", "work supervisor"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("colleague", "colleague"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("sign", "sign agreements"), ("consent", "agree to goals")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(default=core.dates.today, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_mandates",
                        to="accounts.person",
                        verbose_name="given by",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="partnerships.membership",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "mandate",
                "verbose_name_plural": "mandates",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="mandate_ends_after_start",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"
                        ),
                        name="mandate_ended_has_last_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            ("membership", "="),
                            ("kind", "="),
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
                        name="mandate_runs_once",
                        violation_error_message="This person already may do this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "sign"),
                                ("role__in", ("manager", "contact", "practice_trainer", "teacher")),
                            ),
                            models.Q(("kind", "consent"), ("role__in", ("supervisor",))),
                            _connector="OR",
                        ),
                        name="mandate_by_role",
                        violation_error_message="People with this role cannot be given this right.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kvk", ""), ("kvk__regex", "^\\d{8}$"), _connector="OR"),
                name="organisation_kvk_format",
                violation_error_message="A KvK number has 8 digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("brin", ""), ("brin__regex", "^\\d{2}[A-Z]{2}$"), _connector="OR"),
                name="organisation_brin_format",
                violation_error_message="A BRIN has two digits and two capitals.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                name="organisation_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="organisation_not_merged_into_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["organisation", "role"], name="membership_org_role"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="membership_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="membership_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("person", "="),
                    ("organisation", "="),
                    ("role", "="),
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
                name="membership_runs_once",
                violation_error_message="This person already has this role here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("id", "role"), name="membership_with_role"),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("pc4__regex", "^[1-9]\\d{3}$")),
                name="location_pc4_format",
                violation_error_message="Give the 4 digits of the postcode, for example 3841.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("organisation", "name"),
                name="location_name_once",
                violation_error_message="There is already a location with this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="location_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(
                        ("ends_on__isnull", False), models.Q(("merged_into", models.F("pk")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="location_merged_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativepartner",
            constraint=models.UniqueConstraint(
                fields=("initiative", "organisation"), name="initiative_partner_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="seat_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="seat_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("group", "="),
                    ("person", "="),
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
                name="seat_runs_once",
                violation_error_message="This person already sits in this group.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_chair", True), ("ended_at__isnull", True)),
                expressions=[
                    ("group", "="),
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
                name="seat_one_chair",
                violation_error_message="This group has a chair. On its page you let someone else take over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_secretary", True), ("ended_at__isnull", True)),
                expressions=[
                    ("group", "="),
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
                name="seat_one_secretary",
                violation_error_message="This group has a secretary. On its page you let someone else take over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("perspective", "delegate"), _negated=True),
                    ("organisation__isnull", False),
                    _connector="OR",
                ),
                name="seat_delegate_has_organisation",
                violation_error_message="Choose the organisation of this delegate.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("affiliation__isnull", True), ("organisation__isnull", False)),
                    models.Q(("affiliation__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="seat_for_organisation_or_affiliation",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("perspective__in", ("student", "carer_or_client")), _negated=True),
                    ("affiliation__isnull", False),
                    _connector="OR",
                ),
                name="seat_voice_by_affiliation",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_observer", False),
                    models.Q(("is_chair", True), ("is_secretary", True), _connector="OR", _negated=True),
                    _connector="OR",
                ),
                name="seat_observer_holds_no_office",
                violation_error_message="Observers have no vote, so they are neither chair nor secretary.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupexpectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("perspective", "")),
                    models.Q(
                        ("organisation__isnull", True),
                        (
                            "perspective__in",
                            ["student", "practice_expert", "work_supervisor", "carer_or_client"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="expectation_of_an_organisation_or_a_voice",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupexpectation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="expectation_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupexpectation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False)),
                fields=("group", "organisation"),
                name="expectation_of_an_organisation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupexpectation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("perspective", ""), _negated=True),
                fields=("group", "perspective"),
                name="expectation_of_a_voice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="member_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="member_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("partnership", "="),
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
                name="member_runs_once",
                violation_error_message="This organisation is already a member.",
            ),
        ),
        migrations.AddIndex(
            model_name="joinrequest",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["expires_on"], name="join_request_expires"
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("partnership", "organisation"),
                name="join_request_open_once",
                violation_error_message="This organisation has been invited already, and has not answered yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "invited"), ("partnership_yes_at__isnull", False)),
                    models.Q(("kind", "asked"), ("organisation_yes_at__isnull", False)),
                    _connector="OR",
                ),
                name="join_request_begins_with_a_yes",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("organisation_yes_at__isnull", False),
                        ("partnership_yes_at__isnull", False),
                        ("state", "accepted"),
                    ),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True),
                        models.Q(
                            ("partnership_yes_at__isnull", True),
                            ("organisation_yes_at__isnull", True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="join_request_accepted_by_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("partnership_yes_by__isnull", True),
                        ("partnership_yes_at__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        ("organisation_yes_by__isnull", True),
                        ("organisation_yes_at__isnull", False),
                        _connector="OR",
                    ),
                ),
                name="join_request_yes_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="group_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="group_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_size__isnull", True), ("max_size__gte", 2), _connector="OR"),
                name="group_size_at_least_two",
                violation_error_message="A group has at least two seats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("delegates_per_organisation__gte", 1)),
                name="group_delegates_at_least_one",
                violation_error_message="An organisation has at least one delegate.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                django.db.models.functions.text.Lower("name"),
                models.F("ends_on"),
                name="group_name_once",
                nulls_distinct=False,
                violation_error_message="There is a group with this name already. Look in the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("partners_target__gte", 1), ("places_target__gte", 1)),
                name="call_targets_positive",
                violation_error_message="A target is 1 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deadline__year__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("study_year"), "-", models.Value(2)
                        ),
                    ),
                    (
                        "deadline__year__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("study_year"), "+", models.Value(1)
                        ),
                    ),
                    models.Q(
                        ("kick_off_on__isnull", True),
                        models.Q(
                            (
                                "kick_off_on__year__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("study_year"), "-", models.Value(2)
                                ),
                            ),
                            (
                                "kick_off_on__year__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("study_year"), "+", models.Value(1)
                                ),
                            ),
                        ),
                        _connector="OR",
                    ),
                ),
                name="call_days_near_study_year",
                violation_error_message="The days and the study year do not fit together. Check the years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(("closed_on__isnull", True), ("state", "open")),
                    _connector="OR",
                ),
                name="call_closed_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                models.F("study_year"),
                django.db.models.functions.text.Lower("title"),
                name="call_title_once_a_year",
                violation_error_message="There is a call with this title already. Look in the list.",
            ),
        ),
        migrations.AddIndex(
            model_name="affiliation",
            index=models.Index(
                condition=models.Q(("source_id__gt", 0)),
                fields=["source_id"],
                name="affiliation_of_enrolment",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="affiliation_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="affiliation_ended_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("person", "="),
                    ("partnership", "="),
                    ("kind", "="),
                    ("source_id", "="),
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
                name="affiliation_runs_once",
                violation_error_message="This person takes part in the partnership already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "student"), ("source_id__gt", 0)),
                    models.Q(models.Q(("kind", "student"), _negated=True), ("source_id", 0)),
                    _connector="OR",
                ),
                name="affiliation_student_by_enrolment",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "student"), _negated=True),
                    models.Q(("ended_at__isnull", True), ("ends_on__isnull", True)),
                    _connector="OR",
                ),
                name="affiliation_student_has_no_days",
            ),
        ),
        migrations.AddIndex(
            model_name="rolerequest",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["expires_on"], name="role_request_expires"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("person", "organisation"),
                name="role_request_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "given"), models.Q(("role", ""), _negated=True)),
                    models.Q(models.Q(("state", "given"), _negated=True), ("role", "")),
                    _connector="OR",
                ),
                name="role_request_given_has_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gte", 1)),
                name="sign_up_places_positive",
                violation_error_message="Give a number of 1 or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dropped_out"), _negated=True),
                fields=("call", "contact"),
                name="sign_up_once_per_person",
                violation_error_message="This person has another sign-up for this call.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="partnership_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="partnership_ended_has_last_day",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="initiative_search"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["provinces"], name="initiative_provinces"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["branches"], name="initiative_branches"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["theme_ids"], name="initiative_themes"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("is_published", True)),
                fields=["-refreshed_on", "title", "id"],
                name="initiative_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="initiative_ends_after_start",
                violation_error_message="The end date must be after the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("funding_ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("funding_ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="initiative_funding_ends_after_start",
                violation_error_message="The funding cannot end before the initiative starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopped"), _negated=True),
                    models.Q(("stop_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="initiative_stopped_has_reason",
                violation_error_message="Say why the initiative stopped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                django.db.models.functions.text.Lower("title"),
                name="initiative_title_once",
                violation_error_message="There is an initiative with this title already. Look in the list.",
            ),
        ),
    ]
