import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.models.links
import core.emails


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    core.emails.EmailField(
                        error_messages={"unique": "This address has an account."},
                        max_length=254,
                        unique=True,
                        verbose_name="email",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="administrator")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="member since"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("first_name", models.CharField(max_length=80, verbose_name="first name")),
                ("name_prefix", models.CharField(blank=True, max_length=30, verbose_name="name prefix")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="last name")),
                (
                    "sort_name",
                    models.CharField(db_index=True, editable=False, max_length=250, verbose_name="sort name"),
                ),
                (
                    "email",
                    core.emails.EmailField(
                        blank=True, max_length=254, verbose_name="email address without account"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="accounts.person",
                        verbose_name="is the same person as",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"
                    ),
                ),
                ("email", core.emails.EmailField(max_length=254, verbose_name="email")),
                (
                    "purpose",
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
                        verbose_name="purpose",
                    ),
                ),
                ("party_name", models.CharField(max_length=200, verbose_name="for party")),
                (
                    "token_digest",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="token digest"),
                ),
                (
                    "former_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="former token digest"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("renewed_at", models.DateTimeField(blank=True, null=True, verbose_name="last new link")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted_invitations",
                        to="accounts.person",
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_invitations",
                        to="accounts.person",
                        verbose_name="invited by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", core.emails.EmailField(max_length=254, verbose_name="email")),
                (
                    "scope",
                    models.CharField(
                        choices=[("one_act", "one act")],
                        default="one_act",
                        max_length=10,
                        verbose_name="scope",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("sign_up", "confirm or change your sign-up for a call"),
                            ("objection", "say that a signature is not yours"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "expires_at",
                    models.DateTimeField(
                        default=accounts.models.links.last_moment, verbose_name="valid until"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="personal_links",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "renewed_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewed_by",
                        to="accounts.personallink",
                        verbose_name="in place of",
                    ),
                ),
            ],
            options={
                "verbose_name": "personal link",
                "verbose_name_plural": "personal links",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SupportAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                ("until", models.DateTimeField(verbose_name="until")),
                (
                    "administrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_support",
                        to="accounts.person",
                        verbose_name="administrator",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="accounts.person",
                        verbose_name="person it is about",
                    ),
                ),
            ],
            options={
                "verbose_name": "support act",
                "verbose_name_plural": "support acts",
            },
        ),
        migrations.CreateModel(
            name="SecurityEvent",
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
                            ("merged", "made one with another entry of the same person"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=120, verbose_name="what")),
                ("network", models.CharField(blank=True, max_length=50, verbose_name="network")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_events",
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
                        related_name="events",
                        to="accounts.supportact",
                        verbose_name="support act",
                    ),
                ),
            ],
            options={
                "verbose_name": "security event",
                "verbose_name_plural": "security events",
            },
        ),
        migrations.CreateModel(
            name="Throttle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=40, verbose_name="action")),
                ("key", models.CharField(max_length=64, verbose_name="key")),
                ("tries", models.PositiveIntegerField(verbose_name="tries")),
                ("until", models.DateTimeField(verbose_name="until")),
            ],
            options={
                "verbose_name": "throttle",
                "verbose_name_plural": "throttles",
                "indexes": [models.Index(fields=["until"], name="throttle_until")],
                "constraints": [models.UniqueConstraint(fields=("action", "key"), name="throttle_once")],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True), fields=["email"], name="person_email"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("user__isnull", True), ("email", ""), _connector="OR"),
                name="person_one_address",
                violation_error_message="Someone with an account has the address of that account.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("email", ""), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="person_merged_has_nothing",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["email"], name="invitation_email"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("former_digest", ""), _negated=True),
                fields=["former_digest"],
                name="invitation_former_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                ),
                name="invitation_accepted_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="personallink",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), _negated=True), name="personal_link_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="personallink",
            constraint=models.CheckConstraint(
                condition=models.Q(("renewed_from", models.F("pk")), _negated=True),
                name="personal_link_not_in_place_of_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="supportact",
            index=models.Index(fields=["subject", "-begun_at"], name="supportact_subject"),
        ),
        migrations.AddConstraint(
            model_name="supportact",
            constraint=models.CheckConstraint(
                condition=models.Q(("administrator", models.F("subject")), _negated=True),
                name="supportact_of_another",
                violation_error_message="You cannot open your own account like this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__gt", models.F("begun_at")),
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("begun_at"), "+", models.Value(datetime.timedelta(seconds=3600))
                        ),
                    ),
                ),
                name="supportact_at_most_an_hour",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportact",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("reason"), 15
                ),
                name="supportact_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportact",
            constraint=models.UniqueConstraint(fields=("id", "subject"), name="supportact_with_subject"),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(fields=["person", "-at"], name="securityevent_person"),
        ),
        migrations.AddConstraint(
            model_name="securityevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            (
                                "support_begun",
                                "support_ended",
                                "sessions_ended",
                                "address_asked",
                                "invitation_renewed",
                                "mail_again",
                                "account_closed",
                                "account_reopened",
                            ),
                        ),
                        _negated=True,
                    ),
                    models.Q(("person__isnull", False), ("support__isnull", False)),
                    _connector="OR",
                ),
                name="securityevent_of_support",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "support_ended")),
                fields=("support",),
                name="securityevent_support_ends_once",
            ),
        ),
    ]
