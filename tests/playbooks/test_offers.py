"""An improvement goes back: offered, accepted into the draft or declined with a reason, and the other hears."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import User
from core import versions
from core.models import OutgoingMail
from playbooks.models import PlaybookOffer, PlaybookVersion
from playbooks.services import offers as service
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import AffiliationFactory
from tests.factories.playbooks import AdoptedPartFactory, PlaybookOfferFactory
from tests.helpers import coordinating, login, press

pytestmark = pytest.mark.django_db


class Both:
    """A partnership that made a piece of its own, and the one whose playbook it began with."""

    def __init__(self):
        self.part = AdoptedPartFactory(title="Bijeenkomst met cliënten", body="Nodig een cliënt uit.")
        adoption = self.part.adoption
        self.offerer, self.publisher = adoption.partnership, adoption.version.playbook.partnership
        self.version = adoption.version
        self.by, self.asked = coordinating(self.offerer), coordinating(self.publisher)

    def user(self, actor):
        return User.objects.get(person=actor.person_id)

    def offer(self, client, why="Cliënten zien meer dan wij."):
        login(client, self.user(self.by))
        url = reverse("playbooks:offer-create", args=[self.offerer.slug, self.part.key])
        return press(client, url, self.part, {"why": why})

    def act(self, client, actor, name, **data):
        offer = PlaybookOffer.objects.latest("pk")
        login(client, self.user(actor))
        return press(client, reverse(f"playbooks:offer-{name}", args=[offer.public_id]), offer, data)


@pytest.fixture
def both():
    return Both()


def test_an_improvement_is_offered_and_accepted_into_the_draft(client, both):
    assert both.offer(client).status_code == 302
    both.offer(client)  # twice
    asked = OutgoingMail.objects.get(kind="coordinator_offer_made")
    assert asked.person_id == both.asked.person_id
    assert "biedt een verbetering aan" in asked.subject
    assert "Cliënten zien meer dan wij." in asked.body
    login(client, both.user(both.asked))
    page = client.get(asked.link).content.decode()
    assert "Nodig een cliënt uit." in page
    both.act(client, both.asked, "accept")
    draft = PlaybookVersion.objects.draft().get(playbook=both.version.playbook)
    assert draft.number == 2
    assert draft.parts.get(key=both.part.key).body == "Nodig een cliënt uit."
    told = OutgoingMail.objects.get(kind="offerer_offer_accepted")
    assert told.person_id == both.by.person_id
    assert "Je verbetering is overgenomen" in told.subject
    both.act(client, both.asked, "accept")  # twice
    assert OutgoingMail.objects.filter(kind="offerer_offer_accepted").count() == 1


def test_an_improvement_is_declined_with_a_reason(client, both):
    both.offer(client)
    assert both.act(client, both.asked, "decline").status_code == 200
    both.act(client, both.asked, "decline", reason="Past niet bij kleine groepen.")
    told = OutgoingMail.objects.get(kind="offerer_offer_declined")
    assert "Je verbetering is afgewezen" in told.subject
    assert "Past niet bij kleine groepen." in told.body
    assert not PlaybookVersion.objects.draft().exists()
    assert both.act(client, both.asked, "accept").status_code == 302
    assert PlaybookOffer.objects.get().state == "declined"


def test_who_offered_takes_it_back(client, both):
    both.offer(client)
    assert both.act(client, both.by, "accept").status_code == 403
    both.act(client, both.by, "withdraw")
    assert PlaybookOffer.objects.get().state == "withdrawn"


def test_what_says_the_same_is_not_offered(client, both):
    part = both.part.adoption.parts.exclude(pk=both.part.pk).first()
    with pytest.raises(ValidationError, match="zegt al wat het draaiboek zegt"):
        service.offer(part_id=part.pk, why="Zo.", by=both.by, read=None)


def test_nobody_is_named_in_an_improvement(client, both):
    person = PersonFactory(first_name="Wilhelmina", last_name="Kanariegeel")
    AffiliationFactory(partnership=both.offerer, person=person, kind="client")
    answer = both.offer(client, why="Vraag het Wilhelmina Kanariegeel.")
    assert "staat niemand met naam" in answer.content.decode()
    assert not PlaybookOffer.objects.exists()


def test_one_open_offer_of_a_piece():
    offer = PlaybookOfferFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaybookOfferFactory(part=offer.part)


def test_both_find_it_in_their_list(client, both):
    both.offer(client)
    for actor, partnership in ((both.by, both.offerer), (both.asked, both.publisher)):
        login(client, both.user(actor))
        page = client.get(reverse("playbooks:offer-list", args=[partnership.slug])).content.decode()
        assert "Bijeenkomst met cliënten" in page


@pytest.mark.parametrize("number", [1, 3])
def test_costs_of_the_list(client, both, number, django_assert_num_queries):
    for _turn in range(number):
        PlaybookOfferFactory(part=AdoptedPartFactory(adoption=both.part.adoption))
    login(client, both.user(both.by))
    url = reverse("playbooks:offer-list", args=[both.offerer.slug])
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw"])
def test_an_improvement_that_was_changed_meanwhile_stays(client, both, act):
    offer = PlaybookOfferFactory(part=both.part)
    read = versions.of(offer)
    PlaybookOffer.objects.filter(pk=offer.pk).update(row_version=F("row_version") + 1)
    login(client, both.user(both.by if act == "withdraw" else both.asked))
    url = reverse(f"playbooks:offer-{act}", args=[offer.public_id])
    answer = client.post(url, {"read": read, "reason": "Te lang."}, follow=True)
    assert str(versions.CHANGED) in answer.content.decode()
    offer.refresh_from_db()
    assert offer.state == "open"


def test_a_piece_that_was_changed_meanwhile_is_not_offered(client, both):
    read = versions.of(both.part)
    type(both.part).objects.filter(pk=both.part.pk).update(row_version=F("row_version") + 1)
    login(client, both.user(both.by))
    url = reverse("playbooks:offer-create", args=[both.offerer.slug, both.part.key])
    answer = client.post(url, {"read": read, "why": "Zo is het beter."}, follow=True)
    assert str(versions.CHANGED) in answer.content.decode()
    assert not PlaybookOffer.objects.exists()
