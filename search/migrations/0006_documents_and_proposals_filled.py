"""The documents and proposals of before are entered, a table at a time: what is written meanwhile enters itself."""

from django.db import migrations

TABLES = {"document": "partnerships_document", "proposal": "meetings_improvementproposal"}


def _filled(kind, table):
    back = f"DELETE FROM search_searchentry WHERE kind = '{kind}'"  # noqa: S608  of TABLES alone
    return migrations.RunSQL(f"SELECT search_entry_of_{kind}(r) FROM {table} r", back)  # noqa: S608  of TABLES alone


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("search", "0005_documents_and_proposals")]
    operations = [_filled(kind, table) for kind, table in TABLES.items()]
