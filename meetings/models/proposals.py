"""How something could be done better at an organisation, as students and others who take part propose it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import endings
from core.dates import today
from core.limits import REASON
from core.readlog import AboutSomeone
from core.versions import Versioned
from meetings.enums import ProposalState
from partnerships.models import Membership, Organisation, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

# Who takes in what is proposed to an organisation; a proposal is also its owner's.
RECEIVES = (Role.MANAGER, Role.CONTACT)
WAITING = (ProposalState.SUBMITTED, ProposalState.CONSIDERED)
DONE_SOMEWHERE = (ProposalState.ADOPTED, ProposalState.CARRIED_OUT)
# Someone at the organisation answers for it from here on.
_OWNED = (ProposalState.CONSIDERED, *DONE_SOMEWHERE, ProposalState.REJECTED)


def react_by(partnership: Partnership, day: date) -> date:
    """Until when an organisation there reacts to a proposal that it gets on this day."""
    return day + timedelta(days=partnership.proposal_days)


class ImprovementProposalQuerySet(models.QuerySet["ImprovementProposal"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and what was sent in to own organisations, to oneself as owner, and in own partnerships."""
        sent = (
            Q(organisation__in=actor.organisations(*RECEIVES))
            | Q(owner=actor.person_id, organisation__in=actor.organisations())
            | Q(partnership__in=actor.inside)
        )
        return self.filter(Q(author=actor.person_id) | sent & ~Q(state=ProposalState.DRAFT))

    def sent_in(self) -> Self:
        """Those that the organisation has got."""
        return self.exclude(state=ProposalState.DRAFT)

    def going_on(self) -> Self:
        """Those that are not rejected or carried out."""
        return self.exclude(state__in=(ProposalState.REJECTED, ProposalState.CARRIED_OUT))

    def waiting(self) -> Self:
        """Those to which the organisation has not said yes or no."""
        return self.filter(state__in=WAITING)

    def awaiting(self, person: int | models.OuterRef) -> Self:
        """Those that wait for this person: sent in to where one receives them, or promised an answer as the owner."""
        there = models.OuterRef(person) if isinstance(person, models.OuterRef) else person
        works = Membership.objects.running().filter(person=there).order_by()
        receiving = works.filter(role__in=RECEIVES)
        sent = Q(state=ProposalState.SUBMITTED, organisation__in=receiving.values("organisation"))
        owned = Q(state=ProposalState.CONSIDERED, owner=person, organisation__in=works.values("organisation"))
        return self.filter(sent | owned)

    def for_list(self) -> Self:
        """With who wrote it and which organisation it is about, the newest first."""
        return self.select_related("author__user", "organisation", "partnership", "owner__user").order_by(
            "-day", "-pk"
        )

    def with_elsewhere(self) -> Self:
        """With `elsewhere`: how many other organisations began too."""
        standing = ProposalAdoption.objects.standing().filter(proposal=OuterRef("pk"))
        counts = standing.order_by().values("proposal")
        return self.annotate(elsewhere=Coalesce(Subquery(counts.annotate(n=Count("pk")).values("n")), 0))


class ImprovementProposal(AboutSomeone, Versioned):
    """A proposal to one organisation of a partnership: the organisation names an owner and says what it does with it.

    Stories B-04 and B-05.
    """

    ABOUT = "author"  # of whom it tells, also where the name is left out
    TRANSITIONS = {
        "submit": ({ProposalState.DRAFT}, ProposalState.SUBMITTED),
        "withdraw": ({ProposalState.SUBMITTED}, ProposalState.DRAFT),
        "consider": ({ProposalState.SUBMITTED}, ProposalState.CONSIDERED),
        "adopt": ({ProposalState.CONSIDERED}, ProposalState.ADOPTED),
        "reject": ({ProposalState.CONSIDERED}, ProposalState.REJECTED),
        "carry_out": ({ProposalState.ADOPTED}, ProposalState.CARRIED_OUT),
    }
    REASON_REQUIRED = frozenset({"reject"})
    REFUSALS = {
        "submit": _("This proposal has been sent in already."),
        "withdraw": _("The organisation is considering this proposal, so it cannot be taken back any more."),
        "consider": _("Someone is considering this proposal already, or it was taken back."),
        "adopt": _("First say who considers this proposal."),
        "reject": _("First say who considers this proposal."),
        "carry_out": _("First adopt the proposal."),
    }
    UNDO = dict.fromkeys(("consider", "adopt", "reject", "carry_out"), endings.DAYS)
    ON_RECORD = ("owner", "reaction_due")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Both as when it was written; the author may leave, and the organisation too.
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="proposals"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="proposals"
    )
    author = models.ForeignKey(
        "accounts.Person", verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="proposals"
    )
    # Then only the organisation that it is about and the coordinators read who wrote it.
    is_anonymous = models.BooleanField(_("do not show my name"), default=False, db_default=False)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what could be better?"), max_length=2000)
    # On which it was sent in, or begun as long as it was not.
    day = models.DateField(_("day"), default=today)
    state = models.CharField(
        _("status"), max_length=12, choices=ProposalState, default=ProposalState.DRAFT, db_default="draft"
    )
    owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("who answers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_proposals",
    )
    # Until when the organisation reacts, and once someone considers it the day that this person named.
    reaction_due = models.DateField(_("reaction by"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    reject_reason = models.CharField(_("reason"), max_length=REASON, blank=True, editable=False)
    outcome = models.TextField(_("what became of it"), max_length=2000, blank=True, editable=False)

    objects = ImprovementProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement proposal")
        verbose_name_plural = _("improvement proposals")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="proposal_says_what", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="proposal_sent_in_has_a_term",
                condition=Q(state=ProposalState.DRAFT) | Q(reaction_due__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_considered_has_an_owner",
                condition=~Q(state__in=_OWNED) | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_adopted_has_an_answer",
                condition=~Q(state__in=DONE_SOMEWHERE) | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="proposal_rejected_has_a_reason",
                condition=~Q(state=ProposalState.REJECTED) | ~Q(reject_reason=""),
            ),
            models.CheckConstraint(
                name="proposal_carried_out_says_how",
                condition=~Q(state=ProposalState.CARRIED_OUT) | ~Q(outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-day", "-id"], name="proposal_of_partnership"),
            models.Index(fields=["author", "-day", "-id"], name="proposal_of_author"),
            models.Index(
                fields=["reaction_due", "id"], name="proposal_waiting", condition=Q(state__in=WAITING)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:proposal-detail", args=[self.public_id])

    @property
    def is_late(self) -> bool:
        """Whether the organisation should have reacted by now."""
        return self.state in WAITING and self.reaction_due is not None and self.reaction_due < today()

    @property
    def can_spread(self) -> bool:
        """Whether another organisation can begin with it too."""
        return self.state in DONE_SOMEWHERE

    def shows_author_to(self, actor: Actor) -> bool:
        """Whether the actor reads who wrote it."""
        return (
            not self.is_anonymous
            or actor.person_id == self.author_id
            or (actor.person_id == self.owner_id and self.organisation_id in actor.organisations())
            or self.partnership_id in actor.coordinates
            or self.organisation_id in actor.organisations(*RECEIVES)
        )


class ProposalAdoptionQuerySet(models.QuerySet["ProposalAdoption"]):
    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(withdrawal__isnull=True)

    def for_list(self) -> Self:
        """With the organisation, the first first."""
        return self.select_related("organisation", "by__user").order_by("day", "pk")


class ProposalAdoption(models.Model):
    """Another organisation begins with a proposal too: it counts for its author.

    Each organisation once, but for what was taken back (migrations/0018_begun_by_mistake.py).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(
        ImprovementProposal,
        verbose_name=_("improvement proposal"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="adoptions"
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("said by"), on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"), default=today)
    remark = models.CharField(_("how you begin"), max_length=REASON, blank=True)

    APPEND_ONLY = True

    objects = ProposalAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of an improvement proposal")
        verbose_name_plural = _("adoptions of improvement proposals")
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.proposal}"

    @property
    def last_day_of_undo(self) -> date:
        """Until when whoever said it can take it back."""
        return self.day + timedelta(days=endings.DAYS)


class AdoptionWithdrawal(models.Model):
    """That an organisation began too was said by mistake: it counts no more, and what was said stays on record."""

    adoption = models.OneToOneField(
        ProposalAdoption, verbose_name=_("adoption"), on_delete=models.PROTECT, related_name="withdrawal"
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("taken back by"), on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"), default=today)

    APPEND_ONLY = True

    class Meta:
        verbose_name = _("withdrawn adoption of an improvement proposal")
        verbose_name_plural = _("withdrawn adoptions of improvement proposals")
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.adoption}"
