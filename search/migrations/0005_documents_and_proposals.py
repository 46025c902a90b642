"""Documents and proposals are found as well; what was there already is entered by the next one."""

from importlib import import_module

from django.db import migrations, models

watched = import_module("search.migrations.0002_kept_by_triggers").watched

KINDS = {
    "document": (
        "partnerships_document",
        # As `DocumentQuerySet.visible_to` says: whose it is, who keeps it, and all members where it is for them.
        """ARRAY[CASE WHEN r.group_id IS NOT NULL THEN 'group:' || r.group_id END,
            CASE WHEN r.for_members THEN 'in:' || r.partnership_id END, 'of:' || r.partnership_id]""",
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "NULL",
    ),
    "proposal": (
        "meetings_improvementproposal",
        # As `ImprovementProposalQuerySet.visible_to` says: a draft is its author's alone.
        """CASE WHEN r.state = 'draft' THEN ARRAY['person:' || r.author_id] ELSE ARRAY['person:' || r.author_id,
            'person:' || r.owner_id, 'in:' || r.partnership_id, 'org:' || r.organisation_id] END""",
        "r.partnership_id",
        "r.public_id::text",
        "r.title",
        "concat_ws(' ', r.text, r.answer, r.outcome)",
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_finding"),
        ("partnerships", "0046_documents"),
        ("meetings", "0016_agreements_of_decisions_looked_at"),
    ]
    operations = [
        migrations.AlterField(
            "searchentry",
            "kind",
            models.CharField(
                choices=[
                    ("initiative", "Initiatives"),
                    ("partnership", "Partnerships"),
                    ("organisation", "Organisations"),
                    ("call", "Calls"),
                    ("group", "Groups"),
                    ("action_line", "Action lines"),
                    ("meeting", "Meetings"),
                    ("decision", "Decisions"),
                    ("action", "Actions"),
                    ("need", "Needs"),
                    ("proposal", "Proposals"),
                    ("document", "Documents"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        *(watched(kind, *said) for kind, said in KINDS.items()),
    ]
