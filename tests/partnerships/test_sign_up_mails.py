"""What a visitor typed does not reach an address that nobody has shown to be theirs."""

import pytest

from accounts.models import PersonalLink
from accounts.services import links
from core.models import OutgoingMail
from tests.factories.accounts import PersonalLinkFactory, PersonFactory
from tests.factories.partnerships import CallFactory
from tests.partnerships.signing_up import ANSWERS, post

pytestmark = pytest.mark.django_db
TYPED = {"organisation_name": "Kwaadwillend Bericht", "contact_name": "Bel mij nu even"}


def test_unconfirmed_address_reads_no_word_of_a_visitor(client):
    post(client, CallFactory(), **TYPED)
    sent = OutgoingMail.objects.get(kind="employer_sign_up_confirm")
    assert sent.to_email == ANSWERS["email"].lower()
    words = f"{sent.subject} {sent.body}"
    assert [typed for typed in (*TYPED.values(), ANSWERS["neighbourhood"]) if typed in words] == []


def test_new_link_names_nobody_who_has_no_account():
    link = PersonalLinkFactory(person=PersonFactory(first_name="Kwaadwillend"))
    former = PersonalLink.objects.get(pk=link.pk)
    links._renew(former)
    assert "Kwaadwillend" not in OutgoingMail.objects.get().body
