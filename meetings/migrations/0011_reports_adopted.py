"""Who was missing at a meeting, at which a report was adopted, and how often a table meets.

A report that was adopted is not taken up again, and only at a later meeting of the same table it is adopted.
"""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TIES = """
ALTER TABLE meetings_rhythm ADD CONSTRAINT rhythm_group_of_its_partnership
    FOREIGN KEY (group_id, partnership_id) REFERENCES partnerships_group (id, partnership_id)
    DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER part_of_report_stands BEFORE INSERT OR UPDATE OR DELETE ON meetings_absence
    FOR EACH ROW EXECUTE FUNCTION part_of_report_stands();
CREATE FUNCTION adopted_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' AND NEW.state <> 'closed'
            AND EXISTS (SELECT FROM meetings_adoption WHERE report_id = OLD.id) THEN
        RAISE EXCEPTION 'The report of meeting % was adopted.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adopted_report_stands BEFORE UPDATE OF state ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION adopted_report_stands();
CREATE FUNCTION adopted_at_the_same_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM meetings_meeting AS report JOIN meetings_meeting AS later ON later.id = NEW.meeting_id
    WHERE report.id = NEW.report_id AND report.state = 'closed' AND later.state = 'held'
        AND report.starts_at < later.starts_at AND report.partnership_id = later.partnership_id
        AND report.group_id IS NOT DISTINCT FROM later.group_id
    FOR SHARE OF report, later;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A report is adopted at a later meeting of the same table.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adopted_at_the_same_table BEFORE INSERT ON meetings_adoption
    FOR EACH ROW EXECUTE FUNCTION adopted_at_the_same_table();
"""
LOOSE = """
DROP TRIGGER adopted_at_the_same_table ON meetings_adoption;
DROP FUNCTION adopted_at_the_same_table();
DROP TRIGGER adopted_report_stands ON meetings_meeting;
DROP FUNCTION adopted_report_stands();
DROP TRIGGER part_of_report_stands ON meetings_absence;
ALTER TABLE meetings_rhythm DROP CONSTRAINT rhythm_group_of_its_partnership;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("meetings", "0010_proposals_of_decisions_looked_at"),
        ("partnerships", "0047_indicators"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "who was missing",
                "verbose_name_plural": "who were missing",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
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
                        name="absence_of_an_organisation_or_a_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="absence_of_one_at_least"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="meetings.meeting",
                        verbose_name="adopted at",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoption",
                        to="meetings.meeting",
                        verbose_name="report of",
                    ),
                ),
            ],
            options={
                "verbose_name": "adoption of a report",
                "verbose_name_plural": "adoptions of reports",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("report", models.F("meeting")), _negated=True),
                        name="adoption_at_another_meeting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
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
                ("title", models.CharField(max_length=120, verbose_name="title of each meeting")),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="every",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("week", "weeks"), ("month", "months")],
                        default="week",
                        max_length=5,
                        verbose_name="weeks or months",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("starts", models.TimeField(verbose_name="start")),
                ("ends", models.TimeField(verbose_name="end")),
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
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rhythms",
                        to="partnerships.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rhythms",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "rhythm",
                "verbose_name_plural": "rhythms",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "group"), name="rhythm_of_a_table_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every__gte", 1), ("every__lte", 12)),
                        name="rhythm_every_one_to_twelve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="rhythm_ends_after_start",
                        violation_error_message="The end must be after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="rhythm_until_after_first",
                        violation_error_message="The last day must be after the first.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TIES, LOOSE),
    ]
