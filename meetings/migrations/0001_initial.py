"""The tables of meetings; what hangs on one is of its partnership and table, by keys of two columns.

A key that is empty asks nothing.
"""

import uuid

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import core.dates

TIES = """
ALTER TABLE meetings_meeting ADD CONSTRAINT meeting_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_decision ADD CONSTRAINT decision_meeting_of_its_partnership
    FOREIGN KEY (meeting_id, partnership_id) REFERENCES meetings_meeting (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_decision ADD CONSTRAINT decision_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_decision ADD CONSTRAINT decision_item_of_its_meeting
    FOREIGN KEY (item_id, meeting_id) REFERENCES meetings_agendaitem (id, meeting_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_action ADD CONSTRAINT action_meeting_of_its_partnership
    FOREIGN KEY (meeting_id, partnership_id) REFERENCES meetings_meeting (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_action ADD CONSTRAINT action_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE meetings_action ADD CONSTRAINT action_item_of_its_meeting
    FOREIGN KEY (item_id, meeting_id) REFERENCES meetings_agendaitem (id, meeting_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
LOOSE = """
ALTER TABLE meetings_action DROP CONSTRAINT action_item_of_its_meeting;
ALTER TABLE meetings_action DROP CONSTRAINT action_group_of_its_partnership;
ALTER TABLE meetings_action DROP CONSTRAINT action_meeting_of_its_partnership;
ALTER TABLE meetings_decision DROP CONSTRAINT decision_item_of_its_meeting;
ALTER TABLE meetings_decision DROP CONSTRAINT decision_group_of_its_partnership;
ALTER TABLE meetings_decision DROP CONSTRAINT decision_meeting_of_its_partnership;
ALTER TABLE meetings_meeting DROP CONSTRAINT meeting_group_of_its_partnership;
"""


class Migration(migrations.Migration):
    initial = True
    unlike_the_rules = {
        "adding-foreign-key-constraint": "of tables that are made here",
        "adding-required-field": "of tables that are made here",
    }

    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("core", "0011_entries_for_agendas"),
        ("partnerships", "0035_groups_of_their_partnership"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
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
                ("title", models.CharField(max_length=200, verbose_name="what is to be done")),
                ("due_on", models.DateField(verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("busy", "in progress"),
                            ("done", "done"),
                            ("lapsed", "lapsed"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="what became of it")),
                (
                    "action_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="partnerships.actionline",
                        verbose_name="for the action line",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="partnerships.initiative",
                        verbose_name="for the initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="partnerships.organisation",
                        verbose_name="for which organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="accounts.person",
                        verbose_name="who does it",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inform", "to inform"), ("discuss", "to discuss"), ("decide", "to decide")],
                        db_default="discuss",
                        default="discuss",
                        max_length=10,
                        verbose_name="what you ask",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="explanation")),
                ("minutes", models.TextField(blank=True, max_length=4000, verbose_name="minutes")),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussed_in",
                        to="meetings.action",
                        verbose_name="about the action",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussed_in",
                        to="partnerships.initiative",
                        verbose_name="about the initiative",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.agendaitem",
                verbose_name="agenda item",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
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
                        db_default="delegate",
                        default="delegate",
                        max_length=20,
                        verbose_name="voice",
                    ),
                ),
                (
                    "is_observer",
                    models.BooleanField(db_default=False, default=False, verbose_name="observer"),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "is coming"),
                            ("no", "is not coming"),
                            ("substitute", "someone else is coming"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "substitute",
                    models.CharField(blank=True, max_length=120, verbose_name="who is coming instead"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
                ("was_present", models.BooleanField(blank=True, null=True, verbose_name="was there")),
                (
                    "doubles",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubled_by",
                        to="meetings.attendance",
                        verbose_name="counts as",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="partnerships.groupseat",
                        verbose_name="seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendances",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AttendanceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="meetings.attendance",
                        verbose_name="attendance",
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="accounts.personallink",
                        verbose_name="link",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to an invitation",
                "verbose_name_plural": "links to invitations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=1000, verbose_name="decision")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                (
                    "about_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_about",
                        to="partnerships.group",
                        verbose_name="about the group",
                    ),
                ),
                (
                    "action_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partnerships.actionline",
                        verbose_name="about the action line",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="core.statechange",
                        verbose_name="what it carried out",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partnerships.initiative",
                        verbose_name="about the initiative",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="meetings.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="meetings.decision",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-number", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.decision",
                verbose_name="decision",
            ),
        ),
        migrations.CreateModel(
            name="Meeting",
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
                            ("meeting", "meeting"),
                            ("dialogue_table", "dialogue table"),
                            ("sector_table", "sector table"),
                            ("kick_off", "kick-off"),
                        ],
                        db_default="meeting",
                        default="meeting",
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("starts_at", models.DateTimeField(verbose_name="start")),
                ("ends_at", models.DateTimeField(verbose_name="end")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="link to an online meeting",
                    ),
                ),
                (
                    "remark",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what people should know beforehand"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("invited", "invitations sent"),
                            ("held", "held"),
                            ("closed", "report sent"),
                            ("cancelled", "cancelled"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="partnerships.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="meetings.meeting",
                        verbose_name="previous meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.CreateModel(
            name="Need",
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
                    "is_anonymous",
                    models.BooleanField(db_default=False, default=False, verbose_name="do not show my name"),
                ),
                ("day", models.DateField(default=core.dates.today, verbose_name="raised on")),
                ("title", models.CharField(max_length=120, verbose_name="what do you need?")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="explanation")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("bundled", "on an agenda"),
                            ("answered", "answered"),
                            ("dropped", "not taken up"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="answer"),
                ),
                (
                    "drop_reason",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="reason"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="meetings.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="partnerships.organisation",
                        verbose_name="for which organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="accounts.person",
                        verbose_name="raised by",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="partnerships.partnershiptheme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["partnership", "-starts_at", "-id"], name="meeting_of_partnership"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["group", "-starts_at", "-id"], name="meeting_of_group"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="meeting_ends_after_start",
                violation_error_message="The end must be after the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "cancelled")),
                    models.Q(("place", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_invited_to_has_a_place",
                violation_error_message="Say where it is, or give a link, before you invite people.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("group__isnull", True), ("call__isnull", True), _connector="OR"),
                name="meeting_of_a_group_or_a_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("id", "partnership"), name="meeting_of_its_partnership"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["group", "-number", "-id"], name="decision_of_group"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("partnership", "number"), name="decision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="decision_numbers_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about_group__isnull", True), ("action_line__isnull", True)),
                    models.Q(("about_group__isnull", True), ("initiative__isnull", True)),
                    models.Q(("action_line__isnull", True), ("initiative__isnull", True)),
                    _connector="OR",
                ),
                name="decision_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="decision_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("change__isnull", True), ("initiative__isnull", False), _connector="OR"),
                name="decision_moves_an_initiative",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("replaces", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="decision_does_not_replace_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("doubles__isnull", True)),
                fields=("meeting", "person"),
                name="attendance_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "substitute"), models.Q(("substitute", ""), _negated=True)),
                    models.Q(models.Q(("answer", "substitute"), _negated=True), ("substitute", "")),
                    _connector="OR",
                ),
                name="attendance_substitute_has_a_name",
                violation_error_message="Say who is coming instead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_answer_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "position"),
                name="agenda_item_one_place",
                violation_error_message="Two items cannot have the same position.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "action"),
                name="agenda_item_action_once",
                violation_error_message="This action is on the agenda already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__isnull", True), ("initiative__isnull", True), _connector="OR"),
                name="agenda_item_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("id", "meeting"), name="agenda_item_of_its_meeting"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "busy"))),
                fields=["owner", "due_on", "id"],
                name="action_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "busy"))),
                fields=["due_on", "id"],
                name="action_due",
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["partnership", "due_on", "id"], name="action_of_partnership"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["group", "due_on", "id"], name="action_of_group"),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="action_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__isnull", True), ("meeting__isnull", False), _connector="OR"),
                name="action_of_a_decision_has_its_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("item__isnull", True), ("meeting__isnull", False), _connector="OR"),
                name="action_of_an_item_has_its_meeting",
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["partnership", "-day", "-id"], name="need_of_partnership"),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("item__isnull", False)), fields=["item"], name="need_on_agenda"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="need_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "bundled"), _negated=True), ("item__isnull", False), _connector="OR"
                ),
                name="need_bundled_has_an_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True), ("item__isnull", True), _connector="OR"
                ),
                name="need_open_has_no_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="need_answered_has_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True),
                    models.Q(("drop_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="need_dropped_has_a_reason",
            ),
        ),
        migrations.RunSQL(TIES, LOOSE),
    ]
