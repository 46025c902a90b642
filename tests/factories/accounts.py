"""Factories of people and invitations."""

import hashlib
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts import models


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    email = factory.Sequence(lambda n: f"persoon{n}@zorg.example")
    first_name = factory.Sequence(lambda n: f"Noor{n}")
    last_name = "Voorbeeld"


class InvitationFactory(DjangoModelFactory):
    """`token="…"` sets the secret of the link."""

    class Meta:
        model = models.Invitation

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    email = factory.Sequence(lambda n: f"genodigde{n}@zorg.example")
    purpose = "contact"
    party_name = "Zorggroep De Linde"
    token_digest = factory.LazyAttribute(lambda row: hashlib.sha256(row.token.encode()).hexdigest())
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
