"""The playbooks of the demo: every act goes through the portal's own services, on the days on which it was done."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.enums import Role
from demo.seed import playbooks
from partnerships.enums import MemberRole
from playbooks.enums import LeadState, OfferState, VersionState
from playbooks.models import AdoptedPart, PlaybookLead, PlaybookOffer, PlaybookVersion
from playbooks.queries import adoptions as queries
from tests.factories.partnerships import (
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)

LONG_AGO = timezone.localdate() - dt.timedelta(days=400)


def coordinator(partnership):
    body = OrganisationFactory(kind="knowledge_network")
    MemberFactory(
        partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY, starts_on=LONG_AGO
    )
    return MembershipFactory(organisation=body, role=Role.COORDINATOR, starts_on=LONG_AGO).person


@pytest.mark.django_db
def test_each_state_is_there_and_an_update_waits():
    zin, pact = PartnershipFactory(slug="mbo-zin"), PartnershipFactory(slug="zorg-en-welzijnspact-flevoland")
    seed = SimpleNamespace(
        partnerships={row.slug: row for row in (zin, pact)},
        people={"coordinator-midden": coordinator(zin), "coordinator": coordinator(pact)},
        at=lambda days, hour=10: timezone.now() + dt.timedelta(days=days),
    )
    playbooks.load(seed)
    playbooks.load(seed)  # again changes nothing
    assert set(PlaybookVersion.objects.values_list("state", flat=True)) == set(VersionState.values)
    assert set(PlaybookLead.objects.values_list("state", flat=True)) == set(LeadState.values)
    assert set(PlaybookOffer.objects.values_list("state", flat=True)) == set(OfferState.values)
    newest = PlaybookVersion.objects.current().with_parts().get(playbook__partnership=zin)
    own = list(AdoptedPart.objects.for_list())
    kinds = {
        str(row.newest or row.own): row.kind.value for row in queries.differing(own, list(newest.parts.all()))
    }
    assert kinds["Eerste uitwisseling"] == "clash"
    assert kinds["Terugkijken met cliënten"] == "new"
