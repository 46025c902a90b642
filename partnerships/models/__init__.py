from partnerships.models.action_lines import ActionLine
from partnerships.models.affiliations import Affiliation, Studying
from partnerships.models.calls import Call
from partnerships.models.contacts import ContactCard, PointOfContact
from partnerships.models.cooperation import (
    CooperationParty,
    CooperationSignature,
    CooperationVersion,
    Promise,
)
from partnerships.models.documents import Document, DocumentVersion
from partnerships.models.expectations import GroupExpectation
from partnerships.models.fundings import Funding
from partnerships.models.groups import Group, GroupSeat
from partnerships.models.indicators import Indicator, Measurement
from partnerships.models.initiative_participants import InitiativeParticipant
from partnerships.models.initiative_partners import InitiativePartner
from partnerships.models.initiative_proposals import InitiativeProposal
from partnerships.models.initiatives import Initiative, InitiativeResult
from partnerships.models.join_requests import JoinRequest
from partnerships.models.member_letters import MemberLetter
from partnerships.models.memberships import Mandate, Membership, MembershipInvitation
from partnerships.models.milestones import Milestone
from partnerships.models.organisations import Location, Organisation
from partnerships.models.partnerships import Member, Partnership, PartnershipTheme, Theme
from partnerships.models.role_requests import RoleRequest
from partnerships.models.saved_searches import SavedSearch
from partnerships.models.sign_ups import ContactNote, PledgeCondition, SignUp, SignUpLine, SignUpLink
from partnerships.models.social_returns import (
    SocialReturnActivity,
    SocialReturnObligation,
    ValuationRule,
)
from partnerships.models.stories import StoryVersion

__all__ = [
    "ActionLine",
    "Affiliation",
    "Call",
    "ContactCard",
    "ContactNote",
    "CooperationParty",
    "CooperationSignature",
    "CooperationVersion",
    "Document",
    "DocumentVersion",
    "Funding",
    "Group",
    "GroupExpectation",
    "GroupSeat",
    "Indicator",
    "Initiative",
    "InitiativeParticipant",
    "InitiativePartner",
    "InitiativeProposal",
    "InitiativeResult",
    "JoinRequest",
    "Location",
    "Mandate",
    "Measurement",
    "Member",
    "MemberLetter",
    "Membership",
    "MembershipInvitation",
    "Milestone",
    "Organisation",
    "Partnership",
    "PartnershipTheme",
    "PledgeCondition",
    "PointOfContact",
    "Promise",
    "RoleRequest",
    "SavedSearch",
    "SignUp",
    "SignUpLine",
    "SignUpLink",
    "SocialReturnActivity",
    "SocialReturnObligation",
    "StoryVersion",
    "Studying",
    "Theme",
    "ValuationRule",
]
