"""Entries of the search, which the database makes itself."""

import factory

from search.models import SearchEntry


class SearchEntryFactory(factory.django.DjangoModelFactory):
    """Of a row that nobody made: what triggers do is not needed."""

    class Meta:
        model = SearchEntry

    kind = "initiative"
    object_id = factory.Sequence(lambda n: 1_000_000 + n)
    audiences = ["public"]
    key = factory.Sequence(lambda n: f"iets-{n}")
    title = factory.Sequence(lambda n: f"Iets {n}")
    plain = factory.LazyAttribute(lambda row: row.title.lower())
    vector = ""
