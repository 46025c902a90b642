"""Two people have the same thing open: the second to save sees what the first wrote, and loses nothing."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.models import Initiative, Theme
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    InitiativeFactory,
    LocationFactory,
    MemberFactory,
    OrganisationFactory,
)
from tests.helpers import login, made_from, member

pytestmark = pytest.mark.django_db
NEW = {"title": "Samen leren", "kind": "project", "summary": "Kort"}


@pytest.fixture
def initiative():
    lead = MemberFactory(role="lead")
    row = InitiativeFactory(partnership=lead.partnership, **NEW)
    row.lead = lead.organisation
    return row


@pytest.fixture
def page(client, initiative):
    login(client, member(initiative.lead, Role.COORDINATOR))
    return reverse(
        "partnerships:coordination-initiative-change", args=[initiative.partnership.slug, initiative.slug]
    )


def test_second_tab_does_not_wipe_the_first(client, page, initiative):
    first, second = made_from(client, page), made_from(client, page)
    assert client.post(page, NEW | first | {"summary": "Van de een"}).status_code == 302
    shown = client.post(page, NEW | second | {"summary": "Van de ander", "title": "Beter leren"})
    html = shown.content.decode()
    assert shown.status_code == 200
    assert "Van de <del>een</del>" in html
    assert "Van de <ins>ander</ins>" in html
    initiative.refresh_from_db()
    assert (initiative.title, initiative.summary) == ("Samen leren", "Van de een")


@pytest.mark.parametrize(("keep", "kept"), [("mine", "Van de ander, met de een"), ("theirs", "Van de een")])
def test_second_press_saves_the_choice_and_all_else_that_was_typed(client, page, initiative, keep, kept):
    first, second = made_from(client, page), made_from(client, page)
    client.post(page, NEW | first | {"summary": "Van de een"})
    typed = NEW | {"summary": "Van de ander", "title": "Beter leren"}
    shown = client.post(page, typed | second).context["form"]
    choice = {"made_from": shown.made_from, "summary": "Van de ander, met de een", "summary-keep": keep}
    assert client.post(page, typed | choice).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.title, initiative.summary) == ("Beter leren", kept)


def test_what_each_changed_alone_is_saved_with_a_word(client, page, initiative):
    theme = Theme.objects.create(name="Zij-instroom", slug="zij-instroom")
    first, second = made_from(client, page), made_from(client, page)
    client.post(page, NEW | first | {"summary": "Van de een", "themes": [theme.pk]})
    response = client.post(page, NEW | second | {"title": "Beter leren"}, follow=True)
    assert "dat is opgeslagen: Samenvatting, Thema" in response.content.decode().replace("&#x27;", "'")
    row = Initiative.objects.get(pk=initiative.pk)
    assert (row.title, row.summary, list(row.themes.all())) == ("Beter leren", "Van de een", [theme])


def test_what_the_portal_notes_itself_is_no_difference(client, page, initiative):
    """A result that was added makes it news, and another version."""
    read = made_from(client, page)
    Initiative.objects.filter(pk=initiative.pk).update(refreshed_on="2020-01-01")
    response = client.post(page, NEW | read | {"title": "Beter leren"}, follow=True)
    html = response.content.decode()
    assert "is opgeslagen" in html
    assert "dat is opgeslagen" not in html


def test_same_form_twice_is_saved_once_without_a_question(client, page, initiative):
    data = NEW | made_from(client, page) | {"title": "Beter leren"}
    for _ in range(2):
        assert "is opgeslagen" in client.post(page, data, follow=True).content.decode()


def coordinated(client):
    lead = MemberFactory(role="lead")
    login(client, member(lead.organisation, Role.COORDINATOR))
    return lead.partnership


def a_group(client):
    row = GroupFactory(partnership=coordinated(client), name="Stuurgroep")
    return (
        row,
        "name",
        reverse("partnerships:coordination-group-change", args=[row.partnership.slug, row.public_id]),
    )


def a_call(client):
    row = CallFactory(partnership=coordinated(client), title="Werkgevers gezocht")
    return (
        row,
        "title",
        reverse("partnerships:coordination-call-change", args=[row.partnership.slug, row.slug]),
    )


def a_location(client):
    organisation = OrganisationFactory()
    row = LocationFactory(organisation=organisation, name="Molenhof")
    login(client, member(organisation, Role.MANAGER))
    return row, "name", reverse("partnerships:location-change", args=[organisation.slug, row.public_id])


@pytest.mark.parametrize("made", [a_group, a_call, a_location])
def test_other_forms_show_both_too(client, made):
    row, field, page = made(client)
    read = client.get(page).context["form"]
    data = {name: read[name].value() for name in read.fields if read[name].value() not in (None, "")}
    data["made_from"] = read.made_from
    type(row).objects.filter(pk=row.pk).update(**{field: "Van de een"})
    shown = client.post(page, data | {field: "Van de ander"})
    assert "<del>een</del>" in shown.content.decode()
    assert type(row).objects.values_list(field, flat=True).get(pk=row.pk) == "Van de een"
    again = data | {field: "Van de ander", "made_from": shown.context["form"].made_from}
    assert client.post(page, again).status_code == 302
    assert type(row).objects.values_list(field, flat=True).get(pk=row.pk) == "Van de ander"
