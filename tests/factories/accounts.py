"""People and invitations."""

import datetime as dt

import factory
from django.db import transaction
from django.utils import timezone

from accounts.enums import LinkAct, Role
from accounts.models import (
    ErasureLedger,
    ErasureRequest,
    Invitation,
    OwnRecord,
    Person,
    PersonalLink,
    RetentionRun,
    RetentionTerm,
    SecurityEvent,
    SupportAct,
    Throttle,
    User,
)
from core.dates import today
from core.tokens import digest_of

NAMES = ("first_name", "name_prefix", "last_name", "language", "phone")
PASSWORD = "appel-boom-fiets-42"  # long enough for the validators; MD5 in tests keeps it cheap


class UserFactory(factory.django.DjangoModelFactory):
    """An active account with a verified address, and the person whose it is; takes the names of that person too."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")
    first_name = factory.Sequence(lambda n: f"Voornaam{n:05}")
    last_name = factory.Sequence(lambda n: f"Achternaam{n:05}")
    password = factory.django.Password(PASSWORD)

    class Params:
        admin = factory.Trait(is_staff=True, is_superuser=True)

    @classmethod
    @transaction.atomic  # an account of nobody is refused when a transaction ends
    def _create(cls, model_class, *args, **kwargs):
        own = {name: kwargs.pop(name) for name in NAMES if name in kwargs}
        person = kwargs.pop("person", None)
        user = super()._create(model_class, *args, **kwargs)
        if person is None:
            Person.objects.create(user=user, **own)
        else:
            person.user, person.email = user, ""
            person.save()
        return user

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class PersonFactory(factory.django.DjangoModelFactory):
    """Someone without an account; `UserFactory().person` is someone with one."""

    class Meta:
        model = Person

    first_name = factory.Sequence(lambda n: f"Bekende{n:05}")
    last_name = factory.Sequence(lambda n: f"Zonderinlog{n:05}")
    email = factory.Sequence(lambda n: f"bekende{n}@voorbeeld.test")


class PersonWithAccountFactory(PersonFactory):
    """Someone who can sign in, as `user`, made when none is given (None: no account); fields of the person, and `email`."""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if "user" not in kwargs:
            return UserFactory(**kwargs).person
        user = kwargs.pop("user")
        return user.person if user else super()._create(model_class, *args, **kwargs)

    email = factory.Sequence(lambda n: f"persoon-{n}@voorbeeld.test")


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
    person = factory.SubFactory(PersonFactory, email=factory.SelfAttribute("..email"))
    purpose = Role.CONTACT
    party_name = "Zorggroep Voorbeeld"
    token_digest = factory.LazyAttribute(lambda o: digest_of(o.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=14))


class PersonalLinkFactory(factory.django.DjangoModelFactory):
    """A link for one act; its secret is `token`."""

    class Meta:
        model = PersonalLink

    class Params:
        token = factory.Sequence(lambda n: f"verborgen-{n}")

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda row: row.person.address or "ontvanger@voorbeeld.test")
    act = LinkAct.SIGN_UP
    digest = factory.LazyAttribute(lambda row: digest_of(row.token))


class ThrottleFactory(factory.django.DjangoModelFactory):
    """One try of something."""

    class Meta:
        model = Throttle

    action = "wrong_password"
    key = factory.Sequence(lambda n: digest_of(f"sleutel-{n}"))
    tries = 1
    until = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(minutes=5))


class SecurityEventFactory(factory.django.DjangoModelFactory):
    """Someone signed in."""

    class Meta:
        model = SecurityEvent

    person = factory.SubFactory(PersonFactory)
    kind = "signed_in"


class SupportActFactory(factory.django.DjangoModelFactory):
    """An administrator opened someone's account just now."""

    class Meta:
        model = SupportAct

    administrator = factory.LazyFunction(lambda: UserFactory(is_staff=True).person)
    subject = factory.LazyFunction(lambda: UserFactory().person)
    reason = "Belde dat het inloggen niet lukt."


class ErasureRequestFactory(factory.django.DjangoModelFactory):
    """Someone asks to be erased; `granted=True` is decided already."""

    class Meta:
        model = ErasureRequest

    class Params:
        granted = factory.Trait(
            state="granted",
            decided_at=factory.LazyFunction(timezone.now),
            reason="De opleiding is klaar en niets verplicht tot bewaren.",
        )

    person = factory.LazyFunction(lambda: UserFactory().person)


class ErasureLedgerFactory(factory.django.DjangoModelFactory):
    """Someone was erased."""

    class Meta:
        model = ErasureLedger

    digest = factory.Sequence(lambda n: digest_of(f"mens-{n}"))
    erased_on = factory.LazyFunction(today)
    ground = "request"


class RetentionTermFactory(factory.django.DjangoModelFactory):
    """The text of a mail is kept for three days from today on."""

    class Meta:
        model = RetentionTerm

    term = "mail_text"
    starts_on = factory.LazyFunction(today)
    days = 3
    source = "Besluit van de eigenaren"


class RetentionRunFactory(factory.django.DjangoModelFactory):
    """A night in which nothing was overdue."""

    class Meta:
        model = RetentionRun

    day = factory.LazyFunction(today)
    is_dry_run = False
    report = factory.LazyFunction(dict)


class OwnRecordFactory(factory.django.DjangoModelFactory):
    """Someone took the own record along."""

    class Meta:
        model = OwnRecord

    person = factory.LazyFunction(lambda: UserFactory().person)
    kind = "json"
    digest = factory.Sequence(lambda n: digest_of(f"bestand-{n}"))
