"""Proposals to organisations and who begins with one too; an agenda item can be about one.

What its new column leans on comes in the migrations after this one.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import core.dates


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_alter_personallink_act"),
        ("meetings", "0003_papers"),
        ("partnerships", "0035_groups_of_their_partnership"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImprovementProposal",
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
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="what could be better?")),
                ("day", models.DateField(default=core.dates.today, verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "not sent yet"),
                            ("submitted", "sent in"),
                            ("considered", "being considered"),
                            ("adopted", "adopted"),
                            ("rejected", "rejected"),
                            ("carried_out", "carried out"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("reaction_due", models.DateField(blank=True, null=True, verbose_name="reaction by")),
                (
                    "answer",
                    models.TextField(blank=True, editable=False, max_length=2000, verbose_name="answer"),
                ),
                (
                    "reject_reason",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="reason"),
                ),
                (
                    "outcome",
                    models.TextField(
                        blank=True, editable=False, max_length=2000, verbose_name="what became of it"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="accounts.person",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_proposals",
                        to="accounts.person",
                        verbose_name="who answers",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "improvement proposal",
                "verbose_name_plural": "improvement proposals",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposalAdoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("day", models.DateField(default=core.dates.today, verbose_name="day")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="how you begin")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="said by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="meetings.improvementproposal",
                        verbose_name="improvement proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "adoption of an improvement proposal",
                "verbose_name_plural": "adoptions of improvement proposals",
                "ordering": ["day", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="improvementproposal",
            index=models.Index(fields=["partnership", "-day", "-id"], name="proposal_of_partnership"),
        ),
        migrations.AddIndex(
            model_name="improvementproposal",
            index=models.Index(fields=["author", "-day", "-id"], name="proposal_of_author"),
        ),
        migrations.AddIndex(
            model_name="improvementproposal",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "considered"))),
                fields=["reaction_due", "id"],
                name="proposal_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                ),
                name="proposal_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("reaction_due__isnull", False), _connector="OR"),
                name="proposal_sent_in_has_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("considered", "adopted", "carried_out", "rejected")), _negated=True
                    ),
                    ("owner__isnull", False),
                    _connector="OR",
                ),
                name="proposal_considered_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("adopted", "carried_out")), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_adopted_has_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("reject_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_rejected_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "carried_out"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_carried_out_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposaladoption",
            constraint=models.UniqueConstraint(
                fields=("proposal", "organisation"),
                name="adoption_once",
                violation_error_message="Your organisation has begun with it already.",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE meetings_agendaitem ADD COLUMN proposal_id bigint NULL",
            "ALTER TABLE meetings_agendaitem DROP COLUMN proposal_id",
            state_operations=[
                migrations.AddField(
                    "agendaitem",
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussed_in",
                        to="meetings.improvementproposal",
                        verbose_name="about the improvement proposal",
                    ),
                )
            ],
        ),
    ]
