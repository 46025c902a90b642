"""People with a role in an organisation, and supervisors without an account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import User
from demo.people import PASSWORD, email_of, rows_of
from demo.seed.context import Seed
from partnerships.models import Membership
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Supervisor
from programmes.models import Cohort

ADMINISTRATOR = "administrator"
# One hash for all, since the password is printed on the sign-in page anyway.
_hash: list[str] = []


def account(email: str, row: dict[str, str], **fields: Any) -> User:
    """The account of an invented person, with a verified address; made once."""
    if not _hash:
        _hash.append(make_password(PASSWORD))
    names = {name: row[name] for name in ("first_name", "name_prefix", "last_name")}
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, password=_hash[0], **names, **fields)
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def load(seed: Seed) -> None:
    for row in rows_of("people.csv"):
        is_administrator = row["role"] == ADMINISTRATOR
        user = account(
            email_of(row, row["organisation"] or "leerpact"),
            row,
            language=row["language"],
            is_staff=is_administrator,
            is_superuser=is_administrator,
        )
        seed.people[row["key"]] = user
        if not is_administrator:
            _membership(seed, row, user)


def employer_of(organisation_id: int) -> User:
    """Who speaks for an employer: a practice trainer, or else a contact."""
    party = Membership.objects.filter(organisation=organisation_id, role__in=EMPLOYER_PARTY)
    return party.select_related("user").earliest("-role", "pk").user


def teacher_of(cohort: Cohort) -> User | None:
    """The first teacher of a cohort; the one of 2021 has none."""
    first = cohort.cohort_teachers.select_related("membership__user").order_by("pk").first()
    return first.membership.user if first else None


def _membership(seed: Seed, row: dict[str, str], user: User) -> None:
    organisation = seed.organisations[row["organisation"]]
    membership, _ = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=row["role"],
        defaults={
            "may_consent": row["may_consent"] == "yes",
            "may_sign": row["may_sign"] == "yes",
            "starts_on": seed.day(-700),
        },
    )
    if membership.role == Role.SUPERVISOR:
        Supervisor.objects.get_or_create(
            organisation=organisation,
            email=user.email,
            defaults={"name": user.get_full_name(), "membership": membership},
        )
