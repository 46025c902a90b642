"""Papers of a meeting; one of an item is with the meeting of that item, and stands once the report has gone out."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TIES = """
ALTER TABLE meetings_paper ADD CONSTRAINT paper_item_of_its_meeting
    FOREIGN KEY (item_id, meeting_id) REFERENCES meetings_agendaitem (id, meeting_id) DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER part_of_report_stands BEFORE INSERT OR UPDATE OR DELETE ON meetings_paper
    FOR EACH ROW EXECUTE FUNCTION part_of_report_stands();
"""
LOOSE = """
DROP TRIGGER part_of_report_stands ON meetings_paper;
ALTER TABLE meetings_paper DROP CONSTRAINT paper_item_of_its_meeting;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("core", "0011_entries_for_agendas"),
        ("meetings", "0002_reports_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
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
                ("file_name", models.CharField(max_length=150, verbose_name="name of the file")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="put in at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="put in by",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="meetings.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a meeting",
                "verbose_name_plural": "papers of meetings",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.RunSQL(TIES, LOOSE),
    ]
