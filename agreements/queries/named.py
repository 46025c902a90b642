"""Practice agreements that name someone, and those that name someone who has left."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from accounts.enums import Role
from agreements.enums import OPEN_AGREEMENT, OPEN_VERSION, VersionState
from agreements.models import Agreement, AgreementVersion
from core.periods import is_over
from partnerships.models import Membership
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries.leaving import Hanging
from partnerships.roles import EMPLOYER_PARTY

# As what a text names people, and the roles in which one can be that
NAMED = {"trainer": EMPLOYER_PARTY, "contact": (Role.TEACHER,)}


def newest_texts() -> QuerySet[AgreementVersion]:
    """Of each open agreement the text that counts next: the one that waits, or else what was agreed last."""
    counting = AgreementVersion.objects.filter(state__in=(*OPEN_VERSION, VersionState.SIGNED))
    newer = counting.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
    return counting.filter(~Exists(newer), agreement__in=Agreement.objects.open())


def names_someone_gone() -> Q:
    """A condition on agreements: the text that counts next names someone who has no such role there any more."""
    texts = newest_texts().filter(_is_gone("trainer") | _is_gone("contact"), agreement=OuterRef("pk"))
    return Q(Exists(texts))


def open_kind() -> Subquery:
    """For agreements: the kind of the text that is being made or signed; None where there is none."""
    waiting = AgreementVersion.objects.filter(agreement=OuterRef("pk"), state__in=OPEN_VERSION)
    return Subquery(waiting.values("kind")[:1])


def left_from(agreement: Agreement) -> list[str]:
    """The names, in the text of a loaded agreement that counts next, of those who have no such role any more."""
    text = agreement.pending or agreement.agreed
    roles = [(named, getattr(text, named)) for named in NAMED] if agreement.state in OPEN_AGREEMENT else []
    return [
        role.person.full_name
        for named, role in roles
        if role is not None and is_over(role) and not _still(role, named).exists()
    ]


def _still(role: Membership, named: str) -> MembershipQuerySet:
    same = {"person": role.person_id, "organisation": role.organisation_id, "role__in": NAMED[named]}
    return Membership.objects.running().filter(**same).exclude(pk=role.pk)


def _is_gone(named: str) -> Q:
    still = Membership.objects.running().filter(
        person=OuterRef(f"{named}__person"),
        organisation=OuterRef(f"{named}__organisation"),
        role__in=NAMED[named],
    )
    return Q(~Exists(still), **{f"{named}__isnull": False})


def hangs_on(membership: Membership) -> list[Hanging]:
    """The agreements that name someone by this role, counted: nobody takes a text over without the signatures of all."""
    return [
        Hanging(_counted(words, number))
        for named, words in (("trainer", TRAINER), ("contact", CONTACT))
        if (number := _naming(membership, named))
    ]


def _naming(membership: Membership, named: str) -> int:
    if membership.role not in NAMED[named]:
        return 0
    mine = {f"{named}__person": membership.person_id, f"{named}__organisation": membership.organisation_id}
    return newest_texts().filter(~Exists(_still(membership, named)), **mine).count()


def _counted(words: Promise, number: int) -> str:
    return str(words % {"number": number}).format(number=number)


TRAINER = ngettext_lazy(
    "Is the practice trainer in {number} practice agreement. The school and the employer are asked to change that.",
    "Is the practice trainer in {number} practice agreements. The school and the employer are asked to change that.",
    "number",
)
CONTACT = ngettext_lazy(
    "Is the contact at the school in {number} practice agreement. The school and the employer are asked to change that.",
    "Is the contact at the school in {number} practice agreements. The school and the employer are asked to change that.",
    "number",
)
