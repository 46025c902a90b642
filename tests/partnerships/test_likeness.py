"""Before a second organisation or location is made, those like it are asked about, and the answer is kept."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.models import Location, Organisation
from partnerships.queries.likeness import organisations_like
from partnerships.services import locations, organisations, sign_ups
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import CallFactory, LocationFactory, OrganisationFactory, SignUpFactory
from tests.helpers import acting, edit, login, member, press, side_by_side

pytestmark = pytest.mark.django_db


def like(name: str, **known) -> set[str]:
    found = organisations_like(among=Organisation.objects.all(), name=name, **known)
    return {organisation.name for organisation in found}


@pytest.mark.parametrize(
    "name",
    [
        "Zorggroep De Linde",
        "De Linde",
        "Stichting Zorggroep de Linde B.V.",
        "de  LINDE",
        "De Lïnden",
        "Linde",
    ],
)
def test_name_is_known_without_legal_form_care_words_capitals_and_accents(name):
    OrganisationFactory(name="Zorggroep De Linde")
    OrganisationFactory(name="Zorggroep Poldermeer")
    assert like(name) == {"Zorggroep De Linde"}


def test_what_nearly_all_are_called_makes_nobody_alike():
    OrganisationFactory(name="Stichting Zorggroep Waterlicht")
    assert like("Stichting Zorggroep Poldermeer") == set()


def test_name_of_such_words_alone_is_compared_as_it_is():
    OrganisationFactory(name="Thuiszorg Groep")
    OrganisationFactory(name="Welzijn")
    assert like("Thuiszorggroep") | like("Thuiszorg Groep") == {"Thuiszorg Groep"}


def test_number_and_domain_tell_too_whatever_the_name():
    OrganisationFactory(name="Omega", kvk="01234567")
    OrganisationFactory(name="Waterlicht", website="https://www.waterlicht.example/over")
    OrganisationFactory(name="Nietwaterlicht", website="https://nietwaterlicht.example")
    assert like("Iets anders", kvk="01234567") == {"Omega"}
    assert like("Iets anders", email="noor@waterlicht.example") == {"Waterlicht"}
    assert like("Iets anders", website="http://waterlicht.example") == {"Waterlicht"}


def test_what_is_over_is_not_asked_about():
    OrganisationFactory(name="De Linde", valid_until="2020-01-01")
    assert like("De Linde") == set()


@pytest.fixture
def sign_up(partnership):
    call = CallFactory(partnership=partnership)
    return SignUpFactory(call=call, confirmed_at=timezone.now(), organisation_name="Zorggroep De Linde")


SURE = {"kind": "welfare", "sure": "1"}


def accept_url(sign_up) -> str:
    return reverse(
        "partnerships:coordination-sign-up-accept", args=[sign_up.call.partnership.slug, sign_up.public_id]
    )


def test_sign_up_of_a_known_organisation_makes_no_second_one(client, coordinator, sign_up):
    known = OrganisationFactory(name="De Linde", town="Lelystad")
    page = client.get(
        reverse("partnerships:coordination-sign-up", args=[sign_up.call.partnership.slug, sign_up.public_id])
    )
    assert "De Linde, Lelystad, zorgaanbieder" in page.content.decode()
    asked = press(client, accept_url(sign_up), sign_up, {"kind": "welfare"})
    assert asked.context["accept_form"].errors == {"likely": ["Zeg of het een van deze is."]}
    assert asked.context["accept_form"]["kind"].value() == "welfare"
    press(client, accept_url(sign_up), sign_up, {**SURE, "likely": str(known.pk)})
    sign_up.refresh_from_db()
    assert sign_up.organisation == known
    assert Organisation.objects.filter(name__contains="Linde").get() == known


def test_another_one_is_made_once_that_was_said(client, coordinator, sign_up):
    known = OrganisationFactory(name="De Linde")
    press(client, accept_url(sign_up), sign_up, {**SURE, "likely": f"another.{known.pk}"})
    sign_up.refresh_from_db()
    assert sign_up.organisation not in (None, known)
    assert (sign_up.organisation.name, sign_up.organisation.kind) == ("Zorggroep De Linde", "welfare")


def test_one_that_came_after_the_page_is_asked_about_again(client, coordinator, sign_up):
    shown = OrganisationFactory(name="De Linde")
    OrganisationFactory(name="Linde")
    asked = press(client, accept_url(sign_up), sign_up, {"kind": "welfare", "likely": f"another.{shown.pk}"})
    assert asked.context["accept_form"].errors == {"likely": ["Zeg of het een van deze is."]}
    with pytest.raises(ValidationError):
        sign_ups.accept(
            sign_up_id=sign_up.pk,
            by=actor_of(coordinator),
            organisation=None,
            kind="welfare",
            seen=[shown.pk],
            read=None,
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_same_one_at_once_make_one():
    values = {"name": "De Linde", "email": "", "kind": "welfare", "province": "", "town": "", "seen": []}
    act = partial(organisations.make, **values)
    results = side_by_side(act, act, refusal=ValidationError)
    assert sorted(isinstance(result, Organisation) for result in results) == [False, True]
    assert Organisation.objects.count() == 1


@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_administrator_is_asked_too(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    login(client, UserFactory(admin=True))
    known = OrganisationFactory(name="De Linde")
    url = reverse("admin:partnerships_organisation_add")
    nothing = {"locations-TOTAL_FORMS": 0, "locations-INITIAL_FORMS": 0}
    data = {"name": "Stichting De Linde", "slug": "linde", "kind": "welfare", **nothing}
    asked = client.post(url, data)
    assert "De Linde" in asked.context["adminform"].form.errors["is_another"][0]
    assert client.post(url, {**data, "is_another": "on"}).status_code == 302
    assert Organisation.objects.exclude(pk=known.pk).get().name == "Stichting De Linde"
    change = client.get(reverse("admin:partnerships_organisation_change", args=[known.pk]))
    assert "is_another" not in change.context["adminform"].form.fields


# Locations


@pytest.fixture
def linde(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    return organisation


TYPED = {"name": "De Molenhof", "municipality": "Lelystad", "neighbourhood": "Botter", "pc4": "8224"}


@pytest.mark.parametrize("known", [{"name": "Molenhof"}, {"name": "Huis Zuid", "neighbourhood": "botter"}])
def test_location_with_nearly_the_name_or_the_same_address_is_asked_about(client, linde, known):
    there = LocationFactory(organisation=linde, **known)
    url = reverse("partnerships:location-create", args=[linde.slug])
    asked = client.post(url, TYPED)
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    assert asked.context["form"]["name"].value() == "De Molenhof"
    same = client.post(url, {**TYPED, "likely": str(there.pk)})
    assert same.url == reverse("partnerships:location-change", args=[linde.slug, there.public_id])
    assert linde.locations.get() == there
    client.post(url, {**TYPED, "likely": f"another.{there.pk}"})
    assert linde.locations.exclude(pk=there.pk).get().name == "De Molenhof"


def test_locations_of_others_and_closed_ones_are_not_asked_about(client, linde):
    LocationFactory(name="De Molenhof")
    LocationFactory(organisation=linde, name="De Molenhof", ends_on="2020-01-01")
    client.post(reverse("partnerships:location-create", args=[linde.slug]), TYPED)
    assert linde.locations.filter(ends_on=None).get().name == "De Molenhof"


def test_location_is_changed_without_a_question(client, linde):
    there = LocationFactory(organisation=linde, name="Molenhof")
    LocationFactory(organisation=linde, name="Molenhof Zuid")
    url = reverse("partnerships:location-change", args=[linde.slug, there.public_id])
    edit(client, url, {**TYPED, "name": "Molenhof Oost"})
    there.refresh_from_db()
    assert there.name == "Molenhof Oost"


def test_second_location_past_the_page_is_refused(linde):
    LocationFactory(organisation=linde, name="Molenhof")
    with pytest.raises(ValidationError):
        locations.make(
            location=Location(organisation=linde, **TYPED), seen=[], by=acting(linde, Role.MANAGER)
        )
