"""Work situations: what a student ran into at work, brought to the lesson."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lookups import keys_of
from core.readlog import AboutSomeone
from programmes.models import Session, WorkProcess
from programmes.models.qualifications import qualification_name
from students.enums import SituationState
from students.models.enrolments import Enrolment
from students.models.reporting import Reportable, ReportableQuerySet
from students.models.sharing import Shown, is_shared_with

if TYPE_CHECKING:
    from partnerships.actors import Actor

_OPEN = {SituationState.SUBMITTED, SituationState.PLANNED}
_NOT_WITHDRAWN = _OPEN | {SituationState.TREATED}
_IS_WITHDRAWN = _("This work situation has been withdrawn.")


class WorkSituationQuerySet(ReportableQuerySet["WorkSituation"]):
    def visible_to(self, actor: Actor) -> Self:
        """The student; teachers, supervisor and employer as the student chose. Hosts in an exchange see none."""
        return self.filter(is_shared_with(actor, "enrolment"))

    def own(self, actor: Actor) -> Self:
        """The actor's own, as a student, of whatever enrolment."""
        return self.filter(enrolment__student__person=actor.person_id)

    def in_cohort(self, cohort_id: int) -> Self:
        """Of the students of a cohort."""
        return self.filter(enrolment__in=keys_of(Enrolment.objects.filter(cohort=cohort_id)))

    def for_list(self) -> Self:
        """As `of_one`, with student and parties."""
        return self.with_details().newest_first()

    def with_details(self) -> Self:
        """The same in the order that the list has already."""
        return self._with_work().prefetch_related(Prefetch("enrolment", Enrolment.objects.with_parties()))

    def newest_first(self) -> Self:
        """The order of every list."""
        return self.order_by("-created_at", "-pk")

    def of_one(self) -> Self:
        """With work process and what came of it in which session, newest first: for a page that has the student."""
        return self._with_work().newest_first()

    def _with_work(self) -> Self:
        treatments = Treatment.objects.select_related("session").order_by("pk")
        return self.with_process().prefetch_related(Prefetch("treatments", treatments))

    def with_process(self) -> Self:
        """With the work process, named with its qualification where the programme has more than one."""
        named = qualification_name("work_process__", OuterRef("enrolment__cohort__programme"))
        return self.select_related("work_process").annotate(named=named)


class WorkSituation(AboutSomeone, Shown, Reportable):
    """A question from practice; put in sessions, and the asker hears back. No client data.

    What was withdrawn is blanked: client data that slipped in must be able to go. That it was there stays on record.
    """

    ABOUT, KIND, SHOWN_TO_HOSTS = "enrolment", "situation", False
    ON_RECORD = (*Shown.ON_RECORD, "reported_at")

    # The qualification's name where the programme has more than one; `for_list` fills it in.
    named: str | None = ""

    TRANSITIONS = {
        "plan": (_OPEN, SituationState.PLANNED),
        "take_out": ({SituationState.PLANNED}, SituationState.SUBMITTED),
        "treat": (_NOT_WITHDRAWN, SituationState.TREATED),
        "withdraw": (_NOT_WITHDRAWN, SituationState.WITHDRAWN),
        "blank": (_NOT_WITHDRAWN, SituationState.WITHDRAWN),
    }
    REASON_REQUIRED = frozenset({"blank"})
    REFUSALS = dict.fromkeys(TRANSITIONS, _IS_WITHDRAWN)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="situations"
    )
    text = models.TextField(_("what did you run into at work"), max_length=2000)
    work_process = models.ForeignKey(
        WorkProcess,
        verbose_name=_("work process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="situations",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SituationState, default=SituationState.SUBMITTED
    )
    sessions = models.ManyToManyField(
        Session, verbose_name=_("sessions"), through="Treatment", related_name="situations"
    )
    created_at = models.DateTimeField(_("brought in at"), auto_now_add=True)

    objects = WorkSituationQuerySet.as_manager()

    class Meta:
        verbose_name = _("work situation")
        verbose_name_plural = _("work situations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="situation_blank_when_withdrawn",
                condition=Q(state=SituationState.WITHDRAWN, text="", work_process=None, reported_at=None)
                | (~Q(state=SituationState.WITHDRAWN) & ~Q(text="") & Q(removed_because="")),
            )
        ]
        indexes = [models.Index(fields=["enrolment", "-created_at"], name="situation_enrolment")]

    def __str__(self) -> str:
        return self.text[:60] or str(_IS_WITHDRAWN)

    @property
    def is_open(self) -> bool:
        """Whether nothing came of it yet: then the student can still change its text."""
        return self.state in _OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.state == SituationState.WITHDRAWN

    @property
    def is_empty(self) -> bool:
        return self.is_withdrawn

    @property
    def of_enrolment(self) -> Enrolment:
        return self.enrolment

    @property
    def author_url(self) -> str:
        return reverse("students:situation-edit", args=[self.public_id])

    @property
    def decide_url(self) -> str:
        cohort = self.enrolment.cohort
        address = [cohort.programme.school.slug, cohort.public_id, self.public_id]
        return reverse("students:cohort-situation-treat", args=address)

    @property
    def process(self) -> WorkProcess | None:
        """The work process, if one was chosen, named with its qualification where the programme has more than one."""
        return self.work_process.named_as(self.named) if self.work_process else None


class Treatment(AboutSomeone):
    """A work situation in a session, and what came out of it there; or an answer outside of any session."""

    ABOUT = "situation"

    situation = models.ForeignKey(
        WorkSituation, verbose_name=_("work situation"), on_delete=models.PROTECT, related_name="treatments"
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="treatments",
    )
    answer = models.TextField(_("what came out of it"), max_length=2000, blank=True)
    treated_at = models.DateTimeField(_("treated at"), null=True, blank=True)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("treatment of a work situation")
        verbose_name_plural = _("treatments of work situations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="treatment_once_per_session", fields=["situation", "session"]),
            models.CheckConstraint(
                name="treatment_in_session_or_treated",
                condition=Q(session__isnull=False) | Q(treated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="treatment_answer_when_treated", condition=Q(answer="") | Q(treated_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.answer[:60] or str(self.session)
