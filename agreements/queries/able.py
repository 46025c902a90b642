"""Parties with an open agreement for which nobody would be left who can sign."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.models import Agreement
from partnerships.enums import MandateKind
from partnerships.models import Membership, Organisation
from partnerships.queries.able import Gone, Sentences
from partnerships.roles import SIGNS_FOR_EMPLOYER, SIGNS_FOR_SCHOOL
from programmes.models import Cohort, CohortTeacher
from programmes.queries.leaving import handed_to

NOBODY_SIGNS = _(
    "Nobody could sign for {party} any more, while agreements are open. Let someone else sign first."
)


def left_without(gone: Gone) -> Sentences:
    """A sentence for each employer, and each cohort of a school, that loses its last signer who is able to act."""
    found: Sentences = []
    if gone.concerns(*SIGNS_FOR_EMPLOYER):
        found += _employers(gone)
    if gone.concerns(*SIGNS_FOR_SCHOOL):
        found += _schools(gone)
    return found


def _employers(gone: Gone) -> Iterator[Promise]:
    going = gone.signing_no_more().mandated(MandateKind.SIGN).filter(role__in=SIGNS_FOR_EMPLOYER)
    still = gone.signing_still().mandated(MandateKind.SIGN).filter(role__in=SIGNS_FOR_EMPLOYER)
    open_there = Agreement.objects.open().filter(placement__slot__organisation=OuterRef("pk"))
    employers = Organisation.objects.filter(Exists(open_there), pk__in=going.values("organisation"))
    for employer in employers.exclude(pk__in=still.values("organisation")).order_by("name", "pk"):
        yield format_lazy(NOBODY_SIGNS, party=employer.name)


def _schools(gone: Gone) -> Iterator[Promise]:
    """The teachers of a cohort sign for it, and the managers of its school."""
    rows = CohortTeacher.objects.running()
    signing = Membership.objects.able().mandated(MandateKind.SIGN)
    going = gone.signing_no_more().mandated(MandateKind.SIGN)
    still = gone.signing_still().mandated(MandateKind.SIGN)
    taught = rows.filter(
        Q(membership__in=going.filter(role=Role.TEACHER)) | Q(pk__in=gone.teaching, membership__in=signing)
    )
    managed = going.filter(role=Role.MANAGER).values("organisation")
    teaching = rows.exclude(pk__in=gone.teaching).filter(membership__in=still.filter(role=Role.TEACHER))
    cohorts = Cohort.objects.filter(
        Q(pk__in=taught.values("cohort")) | Q(programme__school__in=managed),
        Exists(Agreement.objects.open().filter(placement__enrolment__cohort=OuterRef("pk"))),
        ~Exists(teaching.filter(cohort=OuterRef("pk"))),
    ).exclude(programme__school__in=still.filter(role=Role.MANAGER).values("organisation"))
    cohorts = cohorts.exclude(pk__in=handed_to(gone, still))
    for cohort in cohorts.select_related("programme__school").order_by("name", "pk"):
        yield format_lazy(NOBODY_SIGNS, party=f"{cohort.programme.school.name} ({cohort.name})")
