"""What must hold of what the search knows: an entry for each row, as that row is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.invariants.invariant import Statement, holds
from search.enums import Found
from search.models import SearchEntry
from search.queries.entries import MODELS

AS_ITS_ROW = "SearchEntry: as the row that it is of"
ENTER_AGAIN = _(
    "Triggers keep this, so they were off for a while. Let whoever keeps the database enter the rows again: "
    "SELECT search_entry_of_<kind>(r) FROM <table> r."
)
ENTRIES = SearchEntry._meta.db_table
# What an entry has as its title, where that is not the title of the row.
TITLES = {
    Found.PARTNERSHIP: "name",
    Found.ORGANISATION: "name",
    Found.GROUP: "name",
    Found.DECISION: "text",
}


def _rows(kind: Found) -> str:
    return f"{MODELS[kind]._meta.db_table} r"


@holds(AS_ITS_ROW, _("Entries of the search that are not as their row"), ENTER_AGAIN)
def entries_unlike_their_rows() -> Statement:
    return Statement(
        " UNION ALL ".join(
            f"""
            SELECT e.id FROM {ENTRIES} e LEFT JOIN {_rows(kind)} ON r.id = e.object_id
            WHERE e.kind = '{kind}' AND (r.id IS NULL OR e.title <> left(r.{TITLES.get(kind, "title")}, 200))
            """  # noqa: S608  names of our own tables
            for kind in Found
        )
    )


@holds(AS_ITS_ROW, _("Rows that the search does not know"), ENTER_AGAIN)
def rows_without_an_entry() -> Statement:
    return Statement(
        " UNION ALL ".join(
            f"""
            SELECT r.id FROM {_rows(kind)}
            WHERE NOT EXISTS (SELECT FROM {ENTRIES} e WHERE e.kind = '{kind}' AND e.object_id = r.id)
            """  # noqa: S608  names of our own tables
            for kind in Found
        )
    )


ALL = (entries_unlike_their_rows, rows_without_an_entry)
