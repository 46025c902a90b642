"""People with a role in an organisation, with or without an account."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Invitation, Person, User
from accounts.models.invitations import VALID_FOR as INVITATION_VALID_FOR
from core.tokens import digest_of, new_token
from demo.people import PASSWORD, email_of, rows_of
from demo.seed.context import Seed
from demo.seed.history import at
from partnerships.enums import MandateKind, RoleRequestState
from partnerships.models import Membership, MembershipInvitation, RoleRequest
from partnerships.models.role_requests import VALID_FOR
from partnerships.roles import EMPLOYER_PARTY
from programmes.models import Cohort

ADMINISTRATOR = "administrator"
# One hash for all, since the password is printed on the sign-in page anyway.
_hash: list[str] = []


def account(email: str, row: dict[str, str], **fields: Any) -> Person:
    """The account of an invented person, with a verified address; made once."""
    if not _hash:
        _hash.append(make_password(PASSWORD))
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known.person
    user = User.objects.create_user(email, **names_of(row), **fields)
    User.objects.filter(pk=user.pk).update(password=_hash[0])
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user.person


def names_of(row: dict[str, str]) -> dict[str, Any]:
    """The parts of a name as a row has them."""
    return {name: row[name] for name in ("first_name", "name_prefix", "last_name")}


def administrator() -> Person:
    """Who runs the portal, and acts before anyone else is there."""
    return next(_account_of(row) for row in rows_of("people.csv") if row["role"] == ADMINISTRATOR)


def _account_of(row: dict[str, str]) -> Person:
    is_administrator = row["role"] == ADMINISTRATOR
    return account(
        email_of(row, row["organisation"] or "leerpact"),
        row,
        language=row["language"],
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )


def load(seed: Seed) -> None:
    for row in rows_of("people.csv"):
        person = seed.people[row["key"]] = _account_of(row)
        if row["role"] != ADMINISTRATOR:
            _membership(seed, row, person)
    _mandates(seed)
    _leavers(seed)
    _twice(seed)


def load_invitations(seed: Seed) -> None:
    """Someone whom a manager invited a few days ago, at an address without an account, and who has not answered."""
    organisation, email = seed.organisations["de-linde"], "sanne.duinkerken@de-linde.example"
    if organisation.invitations.filter(invitation__email=email).exists():
        return
    invitation = Invitation.objects.create(
        person=Person.objects.create(first_name="Sanne", last_name="Duinkerken", email=email),
        email=email,
        purpose=Role.CONTACT,
        party_name=organisation.name,
        token_digest=digest_of(new_token()),
        created_at=seed.at(-3),
        expires_at=seed.at(-3) + INVITATION_VALID_FOR,
        invited_by=seed.people["linde-manager"],
    )
    MembershipInvitation.objects.create(invitation=invitation, organisation=organisation, role=Role.CONTACT)


# Who asked where, on which day, and what a manager answered the day after, if any did in time
ROLE_REQUESTS = (
    ("coordinator-midden", "de-linde", -2, ""),
    ("coordinator-midden", "roc-de-delta", -30, "decline"),
    ("bruggen-contact", "thuis-in-de-wijk", -60, "expire"),
    ("kade-trainer", "poldermeer", -25, "give"),
    ("kade-trainer", "thuis-in-de-wijk", -26, "withdraw"),
)
NOT_OURS = "Je werkt niet bij onze school."


def load_role_requests(seed: Seed) -> None:
    """People ask for roles: one waits, one was declined, one expired, one gave a role and one was taken back."""
    for asker, slug, days, answer in ROLE_REQUESTS:
        organisation, person = seed.organisations[slug], seed.people[asker]
        state = RoleRequest.TRANSITIONS[answer][1] if answer else RoleRequestState.OPEN
        given = Role.COLLEAGUE if answer == "give" else ""
        request, made = RoleRequest.objects.get_or_create(
            person=person,
            organisation=organisation,
            defaults={
                "state": state,
                "role": given,
                "asked_at": seed.at(days),
                "expires_on": seed.day(days + VALID_FOR.days),
            },
        )
        if not made or not answer:
            continue
        if answer == "withdraw":
            seed.history.note(request, answer, seed.at(days), person)
            continue
        if answer == "expire":
            seed.history.note(request, answer, at(request.expires_on + dt.timedelta(days=1)), None)
            continue
        managers = Membership.objects.filter(organisation=organisation, role=Role.MANAGER)
        reason = NOT_OURS if answer == "decline" else ""
        seed.history.note(request, answer, seed.at(days + 1), managers.earliest("pk").person, reason)
        if given:
            Membership.objects.create(
                person=person, organisation=organisation, role=given, starts_on=seed.day(days + 1)
            )


def employer_of(organisation_id: int) -> Person:
    """Who speaks for an employer."""
    return membership_of_employer(organisation_id).person


def membership_of_employer(organisation_id: int) -> Membership:
    """The role of who speaks for an employer: of a practice trainer, or else of a contact."""
    party = Membership.objects.filter(organisation=organisation_id, role__in=EMPLOYER_PARTY)
    return party.select_related("person").earliest("-role", "pk")


def teacher_of(cohort: Cohort) -> Person | None:
    """The first teacher of a cohort; the one of 2021 has none."""
    first = cohort.cohort_teachers.select_related("membership__person").order_by("pk").first()
    return first.membership.person if first else None


def _membership(seed: Seed, row: dict[str, str], person: Person) -> None:
    organisation = seed.organisations[row["organisation"]]
    Membership.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=row["role"],
        defaults={"starts_on": seed.day(row["since_days"] or -700)},
    )


# One supervisor whom two colleagues wrote down, each in their own way: a manager makes one of the two.
TWICE = (("marja.dekkinga@de-linde.example", -700), ("m.dekkinga@de-linde.example", -690))


def _twice(seed: Seed) -> None:
    for email, days in TWICE:
        if not Person.objects.filter(email=email).exists():
            Membership.objects.create(
                person=Person.objects.create(first_name="Marja", last_name="Dekkinga", email=email),
                organisation=seed.organisations["de-linde"],
                role=Role.SUPERVISOR,
                starts_on=seed.day(days),
            )


def _leavers(seed: Seed) -> None:
    """Whose role a manager ended a few days ago, so that it can still be taken back."""
    for row in rows_of("people.csv"):
        person = seed.people[row["key"]]
        found = Membership.objects.filter(person=person, ended_at=None) if row["left_days"] else ()
        for membership in found:
            managers = Membership.objects.filter(organisation=membership.organisation_id, role=Role.MANAGER)
            by = managers.earliest("pk").person
            seed.history.ended(membership, seed.at(int(row["left_days"])), by, person.public_id)


def _mandates(seed: Seed) -> None:
    """What people may do besides their role: "yes", "ended" for who might until a while ago, or nothing."""
    for row in rows_of("people.csv"):
        for kind, held in ((MandateKind.CONSENT, row["may_consent"]), (MandateKind.SIGN, row["may_sign"])):
            if held:
                _mandate(seed, seed.people[row["key"]], row["role"], kind, is_over=held == "ended")


def _mandate(seed: Seed, person: Person, role: str, kind: MandateKind, *, is_over: bool) -> None:
    membership = person.memberships.get(role=role)
    if membership.mandates.filter(kind=kind).exists():
        return
    managers = Membership.objects.filter(organisation=membership.organisation_id, role=Role.MANAGER)
    giver = managers.exclude(person=person).order_by("pk").first()
    over = {"ends_on": seed.day(-90), "ended_at": seed.at(-90)} if is_over else {}
    membership.mandates.create(
        kind=kind, starts_on=membership.starts_on, given_by=giver.person if giver else None, **over
    )
