"""Who gets what of the pages about proposals for initiatives, and of the inner pages of an initiative."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.partnerships import (
    FundingFactory,
    GroupFactory,
    InitiativeFactory,
    InitiativeParticipantFactory,
    InitiativePartnerFactory,
    InitiativeProposalFactory,
    MeasurementFactory,
    MemberFactory,
    MilestoneFactory,
    OrganisationFactory,
    PartnershipFactory,
    StoryVersionFactory,
)
from tests.helpers import member
from tests.roles import Around, enter, expected, people, status_of

# The contact is who proposed it.
COLUMNS = (
    *("anonymous", "outsider", "stranger", "contact", "manager", "trainer", "supervisor"),
    *("other_employer", "coordinator", "chair", "left_with_member"),
)
NOBODY = {"anonymous": 302, "outsider": 404, "stranger": 404, "left_with_member": 404}
# Also of another member: those see their own in the list.
PROPOSES = NOBODY | {"supervisor": 403, "chair": 403, "*": 200}
OF_ONE = NOBODY | {"supervisor": 404, "other_employer": 404, "*": 200}
WRITER = OF_ONE | {"*": 403} | dict.fromkeys(("coordinator", "chair"), 302)
MATRIX = {
    ("GET", "initiative-proposals"): PROPOSES | {"chair": 200},
    ("GET", "initiative-proposal-create"): PROPOSES,
    ("POST", "initiative-proposal-create"): PROPOSES,
    ("GET", "initiative-proposal"): OF_ONE,
    ("POST", "initiative-proposal-take-on"): WRITER,
    ("POST", "initiative-proposal-decline"): WRITER | dict.fromkeys(("coordinator", "chair"), 200),
    ("POST", "initiative-proposal-withdraw"): OF_ONE | {"*": 403, "contact": 302},
}


INSIDE = NOBODY | {"*": 200}
# Of a public initiative with an employer that was invited, of which the contact is the owner.
LEADS = INSIDE | {"*": 403} | dict.fromkeys(("contact", "coordinator", "chair"), 200)
MOVES = INSIDE | {"*": 403} | dict.fromkeys(("contact", "coordinator", "chair"), 302)
SPEAKS = NOBODY | {"*": 403} | dict.fromkeys(("contact", "manager", "trainer"), 302)
PARTNERS = {
    ("GET", "initiative-inside"): INSIDE,
    ("GET", "initiative-texts"): LEADS,
    ("POST", "initiative-texts"): LEADS,
    ("POST", "initiative-partner-invite"): LEADS,
    ("POST", "initiative-partner-ask"): SPEAKS,
    ("GET", "initiative-partner"): LEADS | {"manager": 200, "trainer": 200},
    ("POST", "initiative-partner"): LEADS | {"manager": 200, "trainer": 200},
    ("POST", "initiative-partner-accept"): SPEAKS,
    ("POST", "initiative-partner-decline"): SPEAKS | dict.fromkeys(("contact", "manager", "trainer"), 200),
    ("POST", "initiative-partner-withdraw"): LEADS | dict.fromkeys(("contact", "coordinator", "chair"), 302),
    ("POST", "initiative-partner-leave"): LEADS | {"manager": 200, "trainer": 200},
    ("GET", "indicator-create"): LEADS,
    ("POST", "indicator-create"): LEADS,
    ("GET", "indicator"): INSIDE,
    ("POST", "indicator"): LEADS,
    ("GET", "indicator-change"): LEADS,
    ("POST", "indicator-change"): LEADS,
    ("GET", "measurement-correct"): LEADS,
    ("POST", "measurement-correct"): LEADS,
    ("GET", "initiative-participate"): {"anonymous": 302, "*": 200},
    ("POST", "initiative-participate"): {"anonymous": 302, "*": 200},
    ("POST", "participate-leave"): {"*": 302},
    ("GET", "initiative-participant"): LEADS,
    ("POST", "participant-accept"): MOVES,
    ("POST", "participant-decline"): LEADS,
    ("GET", "story-write"): LEADS,
    ("POST", "story-write"): LEADS,
    ("GET", "story"): LEADS,
    ("GET", "story-image"): {"*": 404},  # of a draft without an image
    ("POST", "story-publish"): MOVES | {"contact": 403},
    ("POST", "story-replace"): MOVES | {"contact": 403},
    ("GET", "funding-create"): LEADS,
    ("POST", "funding-create"): LEADS,
    ("GET", "funding-change"): LEADS,
    ("POST", "funding-change"): LEADS,
    ("GET", "milestone-create"): LEADS,
    ("POST", "milestone-create"): LEADS,
    ("GET", "milestone"): INSIDE,
    ("GET", "milestone-change"): LEADS,
    ("POST", "milestone-change"): LEADS,
    ("POST", "milestone-reach"): MOVES,
    ("POST", "milestone-drop"): LEADS,
    ("POST", "milestone-reopen"): MOVES,
}
MATRIX |= PARTNERS
OF_A_MILESTONE = (
    "milestone",
    *(f"milestone-{act}" for act in ("change", "reach", "drop", "reopen")),
)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, column):
    partnership, employer = PartnershipFactory(), OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    proposer = member(employer, Role.CONTACT)
    proposal = InitiativeProposalFactory(partnership=partnership, organisation=employer, by=proposer.person)
    initiative = InitiativeFactory(partnership=partnership, owner=proposer.person)
    InitiativePartnerFactory(initiative=initiative, organisation=employer, state="invited")
    measurement = MeasurementFactory(indicator__initiative=initiative)
    indicator = measurement.indicator
    own = {
        "funding-change": FundingFactory(initiative=initiative),
        "indicator": indicator,
        "indicator-change": indicator,
        **dict.fromkeys(
            ("initiative-participant", "participant-accept", "participant-decline"),
            InitiativeParticipantFactory(initiative=initiative),
        ),
        **dict.fromkeys(
            ("story", "story-image", "story-publish", "story-replace"),
            StoryVersionFactory(initiative=initiative),
        ),
        **dict.fromkeys(OF_A_MILESTONE, MilestoneFactory(initiative=initiative)),
    }
    around = Around(employer=employer, partnership=partnership, group=GroupFactory(partnership=partnership))
    enter(client, people([column], around, contact=proposer)[column])
    found = {}
    for method, name in MATRIX:
        if name in own:
            arguments = [initiative.slug, own[name].public_id]
        elif name == "measurement-correct":
            arguments = [initiative.slug, indicator.public_id, measurement.public_id]
        elif (method, name) in PARTNERS:
            of_one = name.startswith("initiative-partner") and name != "initiative-partner-invite"
            arguments = [initiative.slug, *([employer.slug] if of_one else [])]
        else:
            of_list = name in {"initiative-proposals", "initiative-proposal-create"}
            arguments = [partnership.slug] if of_list else [proposal.public_id]
        found[method, name] = status_of(client, method, reverse(f"partnerships:{name}", args=arguments))
    assert found == expected(MATRIX, column)
