"""Matches: the proposal of a student for a slot, until both sides said yes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core import versions
from core.addresses import of_row
from core.limits import REASON
from core.lookups import keys_of
from core.readlog import AboutSomeone
from core.versions import Versioned
from placements.enums import OPEN_MATCH, Cause, MatchState
from placements.models.slots import Slot
from programmes.models import with_is_taught
from students.models import Enrolment
from students.models.enrolments import UNDO_DAYS

if TYPE_CHECKING:
    from partnerships.actors import Actor

REOPEN_DAYS = 5  # after that the student is proposed anew


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches, as pages and services ask for them."""

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN_MATCH)

    def visible_to(self, actor: Actor) -> Self:
        """Student: own once the employer agreed; teacher: own cohorts; employer: own slots; coordinator: own."""
        ways = Q(enrolment__in=keys_of(Enrolment.objects.own(actor)), employer_agreed_at__isnull=False)
        if actor.cohorts:
            ways |= Q(enrolment__in=keys_of(Enrolment.objects.taught_by(actor)))
        if actor.employer_organisations:
            ways |= Q(slot__in=keys_of(_of_employer(actor)))
        if actor.coordinates:
            ways |= Q(slot__in=keys_of(Slot.objects.filter(partnership__in=actor.coordinates)))
        return self.filter(ways)

    def with_taught(self, actor: Actor) -> Self:
        """Adds `is_taught`: whether the student is in an own cohort of the actor; rules read it."""
        return self.annotate(is_taught=with_is_taught(actor, "enrolment__cohort"))

    def for_list(self) -> Self:
        """With what the pages print of each, the newest proposal first."""
        return self._with_around().order_by("-proposed_at", "-pk")

    def with_details(self, actor: Actor) -> Self:
        """The same in the order that the list has already, with `is_taught`."""
        return self._with_around().with_taught(actor)

    def _with_around(self) -> Self:
        place = ("slot__organisation", "slot__location", "slot__partnership")
        student = ("enrolment__student__person", "enrolment__cohort__programme__school")
        return self.select_related(*place, *student)

    def waiting_first(self, actor: Actor) -> Self:
        """What waits for the actor before what waits for others, the oldest deadline first; then what is over."""
        own = Q(state=MatchState.EMPLOYER_AGREED, enrolment__in=keys_of(Enrolment.objects.own(actor)))
        if actor.employer_organisations:
            own |= Q(state=MatchState.PROPOSED, slot__in=keys_of(_of_employer(actor)))
        first, second, third = Value(0), Value(1), Value(2)
        turn = Case(When(own, then=first), When(state__in=OPEN_MATCH, then=second), default=third)
        until = Case(When(state__in=OPEN_MATCH, then="answer_by"))
        return self.order_by(turn, until.asc(nulls_last=True), "-proposed_at", "-pk")


def _of_employer(actor: Actor) -> models.QuerySet[Slot]:
    """The slots for which the actor answers."""
    return Slot.objects.filter(organisation__in=actor.employer_organisations)


class Match(AboutSomeone, Versioned):
    """A proposal with a reason; it takes no seat, the placement made at the last yes does (docs/domain.md section 4)."""

    ABOUT = "enrolment"
    TRANSITIONS = {
        "employer_yes": ({MatchState.PROPOSED}, MatchState.EMPLOYER_AGREED),
        "student_yes": ({MatchState.EMPLOYER_AGREED}, MatchState.ACCEPTED),
        "decline": (set(OPEN_MATCH), MatchState.DECLINED),
        "withdraw": (set(OPEN_MATCH), MatchState.WITHDRAWN),
        "expire": (set(OPEN_MATCH), MatchState.EXPIRED),
    }
    UNDO = {
        "employer_yes": None,  # until the student answers
        "decline": REOPEN_DAYS,
        "withdraw": REOPEN_DAYS,
        "expire": UNDO_DAYS,  # with what ended it: the student has not left after all, the place is open again
    }
    REASON_REQUIRED = frozenset({"decline", "withdraw"})
    REFUSALS = dict.fromkeys(
        ("employer_yes", "student_yes", "decline", "withdraw"),
        _("This proposal has already been answered or withdrawn."),
    )
    is_taught: bool  # set by `with_taught`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slot = models.ForeignKey(Slot, verbose_name=_("slot"), on_delete=models.PROTECT, related_name="matches")
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="matches"
    )
    state = models.CharField(_("state"), max_length=15, choices=MatchState, default=MatchState.PROPOSED)
    reason = models.CharField(_("why this match"), max_length=REASON)
    answer_reason = models.CharField(_("reason of the answer"), max_length=REASON, blank=True)
    close_cause = models.CharField(
        _("why it ended without an answer"), max_length=16, choices=Cause, blank=True
    )
    proposed_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    # Set by the employer's yes; from then on the student sees the match.
    employer_agreed_at = models.DateTimeField(_("agreed by the employer at"), null=True, blank=True)
    # When the question went to the party whose turn it is; reminders count from here.
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    # The last day for that answer, as it was told; without one the match expires the day after.
    answer_by = models.DateField(_("answer by"))

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="match_open_once",
                fields=["slot", "enrolment"],
                condition=Q(state__in=OPEN_MATCH),
                violation_error_message=_("This student is already proposed for this training place."),
            ),
            models.CheckConstraint(
                name="match_agreed_has_time",
                condition=~Q(state__in=[MatchState.EMPLOYER_AGREED, MatchState.ACCEPTED])
                | Q(employer_agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="match_expired_has_cause", condition=~Q(state=MatchState.EXPIRED) | ~Q(close_cause="")
            ),
            models.CheckConstraint(
                name="match_cause_of_the_ended",
                condition=Q(state__in=[MatchState.EXPIRED, MatchState.WITHDRAWN]) | Q(close_cause=""),
            ),
        ]
        indexes = [
            models.Index(fields=["slot", "state"], name="match_slot_state"),
            models.Index(fields=["enrolment", "state"], name="match_enrolment_state"),
            models.Index(
                fields=["asked_at", "id"], name="match_open_asked", condition=Q(state__in=OPEN_MATCH)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.student.first_name} – {self.slot}"

    def get_absolute_url(self) -> str:
        return of_row("placements:match-detail", self.public_id)

    @property
    def edition(self) -> str:
        """What is offered, as its pages show it: another one when anything of it changed since it was read.

        Of the place what its row says, its location, for which programmes it is and who guides there; and the student's
        own period, since the days of a placement follow from both.
        """
        slot = self.slot
        rows = versions.of(self, slot, slot.location, self.enrolment)
        programmes = sorted(row.pk for row in slot.qualifications.all())
        return ".".join([rows, str(slot.names.pk if slot.names else 0), *map(str, programmes)])
