"""The database counts the changes of what people edit, and one of two who save at the same moment is told."""

import pytest
from django.db import connection

from core import versions
from partnerships.models import Initiative
from partnerships.services import initiatives
from tests.factories.partnerships import InitiativeFactory, OrganisationFactory
from tests.helpers import coordinating, side_by_side

EDITED = {
    "accounts.Person",
    "partnerships.Call",
    "partnerships.Group",
    "partnerships.Initiative",
    "partnerships.Location",
    "partnerships.Membership",
    "partnerships.Organisation",
    "partnerships.SignUp",
    "placements.Match",
    "placements.Slot",
    "programmes.Cohort",
    "programmes.Programme",
    "programmes.Session",
    "students.Enrolment",
    "students.Evidence",
    "students.Student",
    "students.WorkSituation",
}
MODELS = versions.versioned_models()


def number_of(initiative: Initiative) -> int:
    return Initiative.objects.values_list("row_version", flat=True).get(pk=initiative.pk)


def test_what_people_edit_counts_its_changes():
    assert {model._meta.label for model in MODELS} >= EDITED


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_has_the_trigger(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname = 'row_version' AND tgrelid = %s::regclass",
            [model._meta.db_table],
        )
        assert cursor.fetchall() == [("O",)]


@pytest.mark.django_db
def test_each_change_counts_however_it_is_written():
    row = InitiativeFactory(title="Een")
    assert number_of(row) == 1
    Initiative.objects.filter(pk=row.pk).update(title="Twee")
    assert number_of(row) == 2
    row.title = "Drie"
    row.save()  # of an object that still says 1
    assert number_of(row) == 3
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partnerships_initiative SET row_version = 1 WHERE id = %s", [row.pk])
    assert number_of(row) == 4


@pytest.mark.django_db
def test_claim_is_for_the_first_who_read_this_version():
    row = InitiativeFactory()
    read = versions.of(row)
    versions.claim(read, Initiative.objects.get(pk=row.pk))
    with pytest.raises(versions.Changed):
        versions.claim(read, Initiative.objects.get(pk=row.pk))
    assert number_of(row) == 2


@pytest.mark.django_db
def test_claim_of_several_rows_is_for_all_or_none():
    first, second = InitiativeFactory(), OrganisationFactory()
    read = versions.of(first, second)
    versions.claim(versions.of(second), second)
    with pytest.raises(versions.Changed):
        versions.claim(read, first, second)
    assert number_of(first) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("read", ["", "0", "2", "x", "1.1", "1.", "-1", "¹", "9" * 40])
def test_what_no_page_said_is_another_version(read):
    row = InitiativeFactory()
    with pytest.raises(versions.Changed):
        versions.claim(read, row)
    with pytest.raises(versions.Changed):
        versions.ensure(read, row)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told():
    row = InitiativeFactory(title="Samen leren")
    by = coordinating(row.partnership)

    def save(title: str):
        mine = Initiative.objects.get(pk=row.pk)
        read = versions.of(mine)

        def act() -> str:
            initiatives.save(initiative=mine, themes=[], by=by, version=read, title=title)
            return title

        return act

    results = side_by_side(save("Van de een"), save("Van de ander"), refusal=versions.Changed)
    saved = [result for result in results if isinstance(result, str)]
    assert len(saved) == 1
    assert Initiative.objects.get(pk=row.pk).title == saved[0]
