"""States and choices of partnerships; Dutch labels come from the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    CARE_PROVIDER = "care_provider", _("care provider")
    WELFARE = "welfare", _("welfare organisation")
    SCHOOL = "school", _("vocational college")
    EMPLOYERS = "employers", _("employers' organisation")
    WORK_INTEGRATION = "work_integration", _("work integration agency")
    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    KNOWLEDGE_NETWORK = "knowledge_network", _("knowledge network")
    CLIENTS = "clients", _("clients' organisation")
    OTHER = "other", _("other organisation")


EMPLOYER_KINDS = frozenset({OrganisationKind.CARE_PROVIDER, OrganisationKind.WELFARE})


class Branch(models.TextChoices):
    ELDERLY_CARE = "elderly_care", _("nursing and elderly care")
    DISABILITY_CARE = "disability_care", _("disability care")
    MENTAL_HEALTH = "mental_health", _("mental health care")
    HOSPITAL = "hospital", _("hospitals")
    HOME_CARE = "home_care", _("home care and district care")
    WELFARE = "welfare", _("welfare and social work")
    YOUTH = "youth", _("youth care")
    MATERNITY = "maternity", _("maternity care")
    SHELTER = "shelter", _("social shelter")


class PartnershipShape(models.TextChoices):
    """The five shapes of partnership (docs/domain.md 11)."""

    BILATERAL = "bilateral", _("bilateral contract")
    NETWORK = "network", _("network with exchange")
    LEARNING_WORKPLACES = "learning_workplaces", _("learning hubs")
    PLATFORM = "platform", _("platform with action lines")
    OPEN_PACT = "open_pact", _("open pact")


class MemberRole(models.TextChoices):
    LEAD = "lead", _("lead")
    COORDINATING_BODY = "coordinating_body", _("coordinating body")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")


COORDINATING = (MemberRole.LEAD, MemberRole.COORDINATING_BODY)


class GroupKind(models.TextChoices):
    STEERING = "steering", _("steering group")
    PROJECT = "project", _("project group")
    PREPARATION = "preparation", _("preparation group")
    WORKING = "working", _("working group")
    COMMITTEE = "committee", _("committee")
    SECTOR_TABLE = "sector_table", _("sector table")


class Perspective(models.TextChoices):
    """Voices a group may require besides the delegates (docs/domain.md 11, story B-09)."""

    DELEGATE = "delegate", _("delegate of an organisation")
    STUDENT = "student", _("student")
    PRACTICE_EXPERT = "practice_expert", _("practice expert")
    WORK_SUPERVISOR = "work_supervisor", _("work supervisor")
    CARER_OR_CLIENT = "carer_or_client", _("informal carer or client")


class CallState(models.TextChoices):
    """Whether employers can still answer a call before its last day."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class AffiliationKind(models.TextChoices):
    """As what someone takes part in a partnership without working for a member."""

    STUDENT = "student", _("student")
    CLIENT = "client", _("client")
    CARER = "carer", _("informal carer")
    EXPERT = "expert", _("expert")


class InitiativeKind(models.TextChoices):
    PROJECT = "project", _("project")
    EXPERIMENT = "experiment", _("experiment")
    LEARNING_WORKPLACE = "learning_workplace", _("learning hub")
    PROGRAMME = "programme", _("programme")
    EXCHANGE = "exchange", _("exchange")
    TRAINING = "training", _("training")


class Direction(models.TextChoices):
    """Which way an indicator should go."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class ParticipantKind(models.TextChoices):
    """As what someone takes part in an initiative, in the own words."""

    STAFF = "staff", _("someone who works here")
    STUDENT = "student", _("student")
    CLIENT = "client", _("client or resident")
    CARER = "carer", _("family, neighbour or volunteer")


class ParticipantState(models.TextChoices):
    """A person's way into an initiative and out of it."""

    ASKED = "asked", _("asks to take part")
    JOINED = "joined", _("takes part")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("no longer takes part")


class StoryState(models.TextChoices):
    """Whether visitors read a version of a story."""

    DRAFT = "draft", _("not on the public page yet")
    PUBLISHED = "published", _("on the public page")
    REPLACED = "replaced", _("no longer on the public page")


class MilestoneState(models.TextChoices):
    """Whether something that was to be there by a day, is there."""

    OPEN = "open", _("not there yet")
    REACHED = "reached", _("reached")
    DROPPED = "dropped", _("dropped")


class InitiativePhase(models.TextChoices):
    IDEA = "idea", _("idea")
    PREPARATION = "preparation", _("preparation")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")
    SCALED_UP = "scaled_up", _("scaled up")


class PartnerState(models.TextChoices):
    """An organisation's way into an initiative and out of it; only who joined takes part."""

    INVITED = "invited", _("invited")
    ASKED = "asked", _("asks to take part")
    JOINED = "joined", _("takes part")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LEFT = "left", _("no longer takes part")


class ProposalState(models.TextChoices):
    """A member's way of bringing in an initiative."""

    OPEN = "open", _("waits for an answer")
    TAKEN_ON = "taken_on", _("taken on")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class MandateKind(models.TextChoices):
    """What someone with a role may do besides, because a manager said so."""

    SIGN = "sign", _("sign agreements")
    CONSENT = "consent", _("agree to goals")


class RoleRequestState(models.TextChoices):
    """Someone's wish to take part for an organisation."""

    OPEN = "open", _("waits for an answer")
    GIVEN = "given", _("role given")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Audience(models.TextChoices):
    """To whom someone shows a part of the own contact details."""

    NOBODY = "nobody", _("nobody")
    PARTNERSHIPS = "partnerships", _("people I work with, and my partnerships")
    MEMBERS = "members", _("everyone with a role in Leerpact")


class PointOfContactState(models.TextChoices):
    """Someone is asked to be a point of contact, and answers."""

    ASKED = "asked", _("asked to answer")
    AGREED = "agreed", _("said yes")
    REFUSED = "refused", _("said no")
    ENDED = "ended", _("ended")


class CooperationState(models.TextChoices):
    """A version of a cooperation agreement, from its first word to the next one that takes its place."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waits for signatures")
    SIGNED = "signed", _("signed, in force")
    REPLACED = "replaced", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("withdrawn")


class JoinRequestKind(models.TextChoices):
    """Whose yes came first."""

    INVITED = "invited", _("invited by the partnership")
    ASKED = "asked", _("asked by the organisation")


class JoinRequestState(models.TextChoices):
    """An organisation's way into a partnership, or to another role in it."""

    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class MboLevel(models.IntegerChoices):
    ONE = 1, _("level 1")
    TWO = 2, _("level 2")
    THREE = 3, _("level 3")
    FOUR = 4, _("level 4")


class ContactKind(models.TextChoices):
    CALLED = "called", _("called")
    MAILED = "mailed", _("mailed")
    VISITED = "visited", _("visited")
    MET = "met", _("met each other")


class ConditionState(models.TextChoices):
    OPEN = "open", _("open")
    MET = "met", _("met")
    FAILED = "failed", _("not met")
    DROPPED = "dropped", _("no longer asked")


class SignUpState(models.TextChoices):
    """An employer's way through a call (docs/domain.md 6)."""

    INTEREST = "interest", _("interest")
    TALKING = "talking", _("in talks")
    PLEDGED = "pledged", _("pledged")
    SIGNED = "signed", _("signed")
    STARTED = "started", _("started")
    DROPPED_OUT = "dropped_out", _("dropped out")


class DocumentState(models.TextChoices):
    """Whether a document is there to be read."""

    KEPT = "kept", _("kept")
    TAKEN_AWAY = "taken_away", _("taken away")


class SocialReturnKind(models.TextChoices):
    """What an employer does that may count for a duty of social return."""

    WORKPLACE = "workplace", _("training place with a contract")
    PLACEMENT = "placement", _("placement of a student")
    EMPLOYMENT = "employment", _("work for someone far from the labour market")
    GUIDANCE = "guidance", _("guidance and training")
    PURCHASE = "purchase", _("buying from a social enterprise")
    OTHER = "other", _("something else")


class SearchedList(models.TextChoices):
    """A public list of which one can hear what is new."""

    INITIATIVES = "initiatives", _("initiatives")
    CALLS = "calls", _("calls for employers")


class SearchRhythm(models.TextChoices):
    """How often someone is mailed about what is new, at most."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
