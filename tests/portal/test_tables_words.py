"""The administrators' tables speak the reader's language: titles, columns, filters, acts, fields and help of every table."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.urls import reverse
from django.utils import translation
from lxml.html import document_fromstring

from tests.factories.accounts import UserFactory
from tests.factories.core import OutgoingMailFactory
from tests.helpers import login

# Words that Dutch and English share.
SAME = {
    "brin": "a code of schools, by its name",
    "branches": "a word of both languages",
    "code": "a word of both languages",
    "crebo": "a code of qualifications, by its name",
    "status": "a word of both languages",
    "hash": "a word of both languages",
    "website": "a word of both languages",
}
FEWEST = 120


def words(model, table, request) -> Iterator[tuple[str, str]]:
    """Where something stands in a table, and what is said there."""
    place = model._meta.label
    yield f"{place} one", str(model._meta.verbose_name)
    yield f"{place} many", str(model._meta.verbose_name_plural)
    yield f"{place} app", str(model._meta.app_config.verbose_name)
    yield f"{place} listed as", str(getattr(table, "listed_as", ""))
    for name in table.get_list_display(request):
        yield f"{place} column {name}", str(label_for_field(name, model, table))
    for name, (_act, _name, told) in table.get_actions(request).items():
        yield f"{place} act {name}", str(told)
    for one in table.get_list_filter(request):
        name = label_for_field(one, model, table) if isinstance(one, str) else one.title
        yield f"{place} filter {one}", str(name)
    if table.has_add_permission(request):
        yield from of_form(place, table.get_form(request), table)
    else:
        for name in set(table.get_fields(request)) - {"read"}:  # the version that the page showed
            yield f"{place} field {name}", str(label_for_field(name, model, table))
    for inline in table.get_inline_instances(request):
        yield f"{place} part", str(inline.verbose_name)
        yield f"{place} parts", str(inline.verbose_name_plural)
        yield from of_form(f"{place} part", inline.get_formset(request).form, inline)


def of_form(place, form, table) -> Iterator[tuple[str, str]]:
    for name, field in form.base_fields.items():
        yield f"{place} field {name}", str(field.label or "")
        yield f"{place} help {name}", str(field.help_text)
    for name in table.readonly_fields:
        yield f"{place} field {name}", str(label_for_field(name, table.model, table))


def spoken(language, request) -> dict[str, str]:
    with translation.override(language):
        return {
            place: text
            for model, table in admin.site._registry.items()
            for place, text in words(model, table, request)
            if text
        }


def untranslated(english, dutch) -> list[str]:
    return [
        f"{place}: {text}"
        for place, text in dutch.items()
        if text == english[place] and text.lower() not in SAME
    ]


@pytest.fixture
def administrator(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    user = UserFactory(is_staff=True, is_superuser=True)
    login(client, user)
    return user


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_every_word_of_every_table_is_dutch(rf, administrator):
    request = rf.get("/")
    request.user = administrator
    english, dutch = spoken("en", request), spoken("nl", request)
    assert len(dutch) >= FEWEST
    assert not untranslated(english, dutch), untranslated(english, dutch)
    assert set(SAME) <= {text.lower() for text in dutch.values()}


def test_planted_english_column_is_found():
    assert untranslated(
        {"a": "Crooked", "b": "Day", "c": "code"}, {"a": "Crooked", "b": "Dag", "c": "code"}
    ) == ["a: Crooked"]


# What Django's own pages say, to who does not see it too, and what must stand there instead.
HIDDEN = ("Model name", "Add link", "Change or view list link", "Error:")


@pytest.mark.django_db
def test_hidden_headings_of_djangos_own_pages_are_dutch(client, administrator):
    OutgoingMailFactory(state="failed")
    pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["core"]),
        reverse("admin:core_outgoingmail_changelist"),
        reverse("admin:core_holiday_add"),
    ]
    for page in pages:
        tree = document_fromstring(client.get(page).content.decode())
        said = {" ".join(str(text).split()) for text in tree.xpath("//body//text()[not(parent::script)]")}
        assert said & set(HIDDEN) == set(), page
    first = client.get(pages[0]).content.decode()
    for heading in ("Naam van de tabel", "Toevoegen", "Bekijken of wijzigen"):
        assert heading in first
