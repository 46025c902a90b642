"""Of which class the fields of this app are: words of partnerships, copied from where they are declared."""

from __future__ import annotations

from core.privacy.declared import KEY, ORGANISATION, Personal

PERSONAL = (
    Personal(
        model="search.SearchEntry",
        none={
            "kind object_id audiences partnership_id key": KEY,
            "title plain beginning vector": ORGANISATION,
        },
    ),
)
