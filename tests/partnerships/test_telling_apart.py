"""Two that look alike are two: whoever could merge them says so, they are not offered again, and that is taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from lxml.html import document_fromstring

from accounts.enums import Role
from core.models import StateChange
from partnerships.models import Location, Organisation
from partnerships.queries import apart as queries
from partnerships.queries.likeness import Pair
from partnerships.services import apart
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import LocationFactory, OrganisationFactory
from tests.helpers import acting, actor_of, login, member
from tests.late import press_late

pytestmark = pytest.mark.django_db
ALIKE = reverse("partnerships:organisation-alike-list")


@pytest.fixture
def administrator():
    return UserFactory(admin=True)


@pytest.fixture
def pair():
    names = (("De Linde", "linde"), ("Zorg De Linde", "zl"))
    return [OrganisationFactory(name=name, slug=slug) for name, slug in names]


@pytest.fixture
def locations():
    organisation = OrganisationFactory()
    return [LocationFactory(organisation=organisation, name=name) for name in ("Molenhof", "De Molenhof")]


def merge_link(one, other):
    url = reverse("partnerships:organisation-merge", args=[one.slug, other.slug])
    return f'href="{url}"'


def button(page, word):
    """The form of the button with this word, as its address and what it sends."""
    forms = document_fromstring(page.content.decode()).forms
    form = next(form for form in forms if word in form.text_content())
    return form.get("action"), dict(form.form_values())


def test_pair_that_was_said_to_be_two_is_not_offered_again_until_that_is_taken_back(
    client, administrator, pair
):
    login(client, administrator)
    page = client.get(ALIKE)
    assert merge_link(*pair) in page.content.decode()
    url, sent = button(page, "Dit zijn er twee")
    for _turn in range(2):
        said = client.post(url, sent, follow=True)
        assert "Genoteerd: dit zijn er twee." in said.content.decode()
        assert merge_link(*pair) not in said.content.decode()
    assert f"zei {administrator.person}" in said.content.decode()
    url, sent = button(said, "Weer laten zien")
    for _turn in range(2):
        back = client.post(url, sent, follow=True).content.decode()
        assert merge_link(*pair) in back
        assert "zei" not in back
    acts = StateChange.objects.filter(model="partnerships.organisation").order_by("pk")
    assert [(act.action, act.by) for act in acts] == [
        ("apart", administrator.person),
        ("undo", administrator.person),
    ]


def test_it_is_said_once_whichever_comes_first(administrator, pair):
    by = actor_of(administrator)
    apart.say(one=pair[1], other=pair[0], by=by, read=None)
    apart.say(one=pair[0], other=pair[1], by=by, read=None)
    (said,) = queries.said(Organisation.objects.all())
    assert said.pair == Pair(pair[0].pk, pair[1].pk)
    assert queries.said(Location.objects.all()) == []


def test_what_was_taken_back_is_said_anew(administrator, pair):
    by = actor_of(administrator)
    one, other = pair
    apart.say(one=one, other=other, by=by, read=None)
    act = queries.said(Organisation.objects.all())[0].act
    apart.take_back(one=one, other=other, act_id=act.pk, by=by)
    apart.say(one=one, other=other, by=by, read=None)
    assert len(queries.said(Organisation.objects.all())) == 1
    with pytest.raises(ValidationError):
        apart.take_back(one=one, other=OrganisationFactory(), act_id=act.pk, by=by)


def test_nothing_is_said_on_an_old_page(client, administrator, pair):
    login(client, administrator)
    url = reverse("partnerships:organisation-apart", args=[pair[0].slug, pair[1].slug])
    press_late(client, url, pair)
    assert queries.said(Organisation.objects.all()) == []


@pytest.mark.parametrize("sent", [{"act": "x" * 900}, {"act": "99999999"}, {"act": ""}])
def test_nonsense_takes_nothing_back(client, administrator, pair, sent):
    apart.say(one=pair[0], other=pair[1], by=actor_of(administrator), read=None)
    login(client, administrator)
    url = reverse("partnerships:organisation-apart", args=[pair[0].slug, pair[1].slug])
    assert client.post(url, sent).status_code == 302
    assert len(queries.said(Organisation.objects.all())) == 1


def test_who_could_not_merge_them_says_nothing(pair, locations):
    manager, contact = acting(pair[0], Role.MANAGER), acting(locations[0].organisation, Role.CONTACT)
    for two, by in ((pair, manager), (locations, contact)):
        with pytest.raises(ValidationError):
            apart.say(one=two[0], other=two[1], by=by, read=None)
        with pytest.raises(ValidationError):
            apart.take_back(one=two[0], other=two[1], act_id=1, by=by)
    own = acting(locations[0].organisation, Role.MANAGER)
    for other in (locations[0], LocationFactory()):
        with pytest.raises(ValidationError, match="twee verschillende locaties"):
            apart.say(one=locations[0], other=other, by=own, read=None)


def test_manager_says_it_of_locations(client, locations):
    organisation = locations[0].organisation
    login(client, member(organisation, Role.MANAGER))
    page = client.get(reverse("partnerships:location-list", args=[organisation.slug]))
    url, sent = button(page, "Dit zijn er twee")
    said = client.post(url, sent, follow=True)
    assert "Genoteerd: dit zijn er twee." in said.content.decode()
    url, sent = button(said, "Weer laten zien")
    assert "Dit zijn er twee" in client.post(url, sent, follow=True).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, administrator, count, django_assert_num_queries):
    by = actor_of(administrator)
    for number in range(count):
        names = (f"Huis {chr(97 + number) * 9}", f"Het Huis {chr(97 + number) * 9}")
        one, other = (OrganisationFactory(name=name) for name in names)
        apart.say(one=one, other=other, by=by, read=None)
        OrganisationFactory(name=f"Stam {chr(110 + number) * 9}")
        OrganisationFactory(name=f"De Stam {chr(110 + number) * 9}")
    login(client, administrator)
    assert len(client.get(ALIKE).context["apart"]) == count
    with django_assert_num_queries(4):
        client.get(ALIKE)
