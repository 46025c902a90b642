"""What was there before the search is entered, a table at a time: what is written meanwhile enters itself."""

from django.db import migrations

TABLES = {
    "initiative": "partnerships_initiative",
    "partnership": "partnerships_partnership",
    "organisation": "partnerships_organisation",
    "call": "partnerships_call",
    "group": "partnerships_group",
    "action_line": "partnerships_actionline",
    "meeting": "meetings_meeting",
    "decision": "meetings_decision",
    "action": "meetings_action",
    "need": "meetings_need",
}


def _filled(kind, table):
    back = f"DELETE FROM search_searchentry WHERE kind = '{kind}'"  # noqa: S608  of TABLES alone
    return migrations.RunSQL(f"SELECT search_entry_of_{kind}(r) FROM {table} r", back)  # noqa: S608  of TABLES alone


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("search", "0002_kept_by_triggers")]
    operations = [_filled(kind, table) for kind, table in TABLES.items()]
