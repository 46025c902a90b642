"""In which partnerships a school can give a programme, and with which employers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from partnerships.models import Member, Organisation, Partnership
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.models.partnerships import PartnershipQuerySet


def partnerships_of(school: Organisation) -> PartnershipQuerySet:
    """Those in which the school takes part today."""
    shared = Member.objects.running().filter(organisation=school, partnership=OuterRef("pk"))
    return Partnership.objects.filter(Exists(shared))


def employers_near(school: Organisation) -> OrganisationQuerySet:
    """The employers that take part in one of them."""
    near = Member.objects.running().filter(
        organisation=OuterRef("pk"), partnership__in=partnerships_of(school)
    )
    return Organisation.objects.employers().filter(Exists(near))
