"""People and invitations."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, User
from core.tokens import digest_of

PASSWORD = "appel-boom-fiets-42"  # long enough for the validators; MD5 in tests keeps it cheap


class UserFactory(factory.django.DjangoModelFactory):
    """An active account with a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")
    first_name = factory.Sequence(lambda n: f"Voornaam{n}")
    last_name = factory.Sequence(lambda n: f"Achternaam{n}")
    password = factory.django.Password(PASSWORD)

    class Params:
        admin = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation; its secret is `token`."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"geheim-{n}")
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=1))
        )

    email = factory.Sequence(lambda n: f"genodigd{n}@voorbeeld.test")
    purpose = Role.CONTACT
    party_name = "Zorggroep Voorbeeld"
    token_digest = factory.LazyAttribute(lambda o: digest_of(o.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=14))
