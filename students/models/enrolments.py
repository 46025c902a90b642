"""Enrolments: a student in a cohort."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from core.dates import today
from core.limits import REASON
from core.lookups import keys_of
from core.readlog import AboutSomeone
from core.text import full_name
from core.versions import Versioned
from programmes.models import Cohort, CohortTeacher, Programme, is_taught_by
from students.enums import AccessScope, EnrolmentState
from students.models.access import LearnerAccess
from students.models.students import Student

if TYPE_CHECKING:
    from partnerships.actors import Actor

# What the database refuses, in the words in which a service says it beforehand
IS_IN_COHORT = _("This student is already in this cohort.")
UNDO_DAYS = 14  # in which someone who left or finished can be put back; later the student is enrolled again
OPEN = (EnrolmentState.WAITING, EnrolmentState.ENROLLED)


@dataclass(frozen=True)
class Parties:
    """Who the parties of an enrolment are, by id: what the rules need to know."""

    student: int
    teacher_memberships: frozenset[int]
    # Organisations whose contacts and practice trainers hold running access to the plan, newest first; the employer
    # party of the plan is the first (docs/domain.md 3). Exchange hosts see their own goals only and agree to nothing.
    employers: tuple[int, ...]
    exchange_hosts: frozenset[int]
    supervisors: frozenset[int]
    # Of those the ones of the employer party: of an earlier employer none answers for the one of today.
    own_supervisors: frozenset[int]
    exchange_supervisors: frozenset[int]
    employer_name: str = ""
    teacher_name: str = ""

    @property
    def employer(self) -> int | None:
        return self.employers[0] if self.employers else None


def _running_access() -> ArraySubquery:
    held = LearnerAccess.objects.running().filter(enrolment=OuterRef("pk"))
    return ArraySubquery(
        held.order_by("-starts_on", "-pk").values(
            row=JSONObject(
                organisation="organisation_id",
                name="organisation__name",
                membership="membership_id",
                scope="scope",
            )
        )
    )


def _teachers() -> ArraySubquery:
    assigned = CohortTeacher.objects.running().filter(cohort=OuterRef("cohort")).order_by("-is_lead", "pk")
    return ArraySubquery(
        assigned.values(
            row=JSONObject(
                membership="membership_id",
                first="membership__person__first_name",
                prefix="membership__person__name_prefix",
                last="membership__person__last_name",
            )
        )
    )


def _levels() -> ArraySubquery:
    programme = Programme.objects.filter(pk=OuterRef("cohort__programme"))
    return ArraySubquery(
        programme.values("qualifications__level").distinct().order_by("qualifications__level")
    )


def _takes_part(actor: Actor) -> Q:
    """The actor is student, teacher, employer or supervisor of the enrolment.

    A way in that none of the actor's roles can open is left out of the query. It would match nothing, but its tables
    would be joined on every page. Other querysets with several ways in do the same.
    """
    ways = Q(student__in=keys_of(Student.objects.filter(person=actor.person_id)))
    if actor.cohorts:
        ways |= is_taught_by(actor, "cohort")
    running = LearnerAccess.objects.running()
    if actor.employer_organisations:
        theirs = running.filter(membership__isnull=True, organisation__in=actor.employer_organisations)
        ways |= Q(pk__in=keys_of(theirs, "enrolment"))
    if supervising := actor.memberships(Role.SUPERVISOR):
        ways |= Q(pk__in=keys_of(running.filter(membership__in=supervising), "enrolment"))
    return ways


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def running(self) -> Self:
        return self.filter(state=EnrolmentState.ENROLLED)

    def open(self) -> Self:
        """Enrolled or on the waiting list: not ended."""
        return self.filter(state__in=OPEN)

    def own(self, actor: Actor) -> Self:
        return self.filter(student__person=actor.person_id)

    def taught_by(self, actor: Actor) -> Self:
        """Enrolments in own cohorts of a teacher."""
        return self.filter(is_taught_by(actor, "cohort"))

    def supervised_by(self, actor: Actor) -> Self:
        """Those whose goals the actor sees as a work supervisor, for a plan or an exchange."""
        held = LearnerAccess.objects.running().filter(membership__in=actor.memberships(Role.SUPERVISOR))
        return self.filter(pk__in=keys_of(held, "enrolment"))

    def working_at(self, organisation_id: int) -> Self:
        """Those whose goals the contacts and practice trainers of an organisation see."""
        held = LearnerAccess.objects.running().filter(organisation=organisation_id, membership__isnull=True)
        return self.filter(Exists(held.filter(enrolment=OuterRef("pk"))))

    def parties_visible_to(self, actor: Actor) -> Self:
        """Those in which the actor is student, teacher, employer or supervisor: never the coordinator."""
        return self.filter(_takes_part(actor))

    def visible_to(self, actor: Actor) -> Self:
        """Name, programme, town and wishes: the parties, and coordinators of the programme's partnership."""
        ways = _takes_part(actor)
        if actor.coordinates:
            there = Cohort.objects.filter(programme__partnership__in=actor.coordinates)
            ways |= Q(cohort__in=keys_of(there))
        return self.filter(ways)

    def with_parties(self) -> Self:
        """With `parties` loaded, in the same query, so that rules ask nothing."""
        return self.select_related("student__person__user").annotate(
            access_rows=_running_access(), teacher_rows=_teachers()
        )

    def for_page(self) -> Self:
        """With parties, programme, school and levels: the head of a plan."""
        return (
            self.with_parties()
            .select_related("cohort__programme__school")
            .annotate(qualification_levels=_levels())
        )

    def newest_first(self) -> Self:
        """The running enrolment before one on a waiting list, those before what has ended, then the newest."""
        open_first = [When(state=EnrolmentState.ENROLLED, then=0), When(state=EnrolmentState.WAITING, then=1)]
        return self.order_by(Case(*open_first, default=2), "-starts_on", "-pk")

    def for_list(self) -> Self:
        return self.select_related("student__person", "cohort__programme__school").order_by(
            "student__person__sort_name", "pk"
        )


class Enrolment(AboutSomeone, Versioned):
    """A student in a cohort: the basis of plan, placement and agreement (docs/domain.md 8)."""

    ABOUT = "student"
    TRANSITIONS = {
        "admit": ({EnrolmentState.WAITING}, EnrolmentState.ENROLLED),
        "complete": ({EnrolmentState.ENROLLED}, EnrolmentState.COMPLETED),
        "drop_out": ({EnrolmentState.WAITING, EnrolmentState.ENROLLED}, EnrolmentState.DROPPED_OUT),
    }
    UNDO = {"drop_out": UNDO_DAYS, "complete": UNDO_DAYS}
    ON_RECORD = ("cohort", "starts_on", "ends_on")
    if TYPE_CHECKING:  # what querysets add to a row
        access_rows: list[dict[str, Any]]
        teacher_rows: list[dict[str, Any]]

    REFUSALS = {
        "admit": _("This student is not on the waiting list."),
        "complete": _("Only a student who is enrolled can complete the programme."),
        "drop_out": _("This enrolment has ended."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="enrolments"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=EnrolmentState, default=EnrolmentState.ENROLLED
    )
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("planned end"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    # Not in the history, which more people read: why someone left stays between student and school.
    leaving_reason = models.CharField(_("reason of leaving"), max_length=REASON, blank=True)
    continues = models.OneToOneField(
        "self",
        verbose_name=_("continues"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        help_text=_("The enrolment after which this student came back; the learning plan goes on."),
    )
    wishes = models.CharField(_("wishes for a training place"), max_length=300, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["student__person__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="enrolment_open_once_per_cohort",
                fields=["student", "cohort"],
                condition=Q(state__in=OPEN),
                violation_error_message=IS_IN_COHORT,
            ),
            models.CheckConstraint(
                name="enrolment_ended_has_last_day", condition=Q(state__in=OPEN) ^ Q(ended_on__isnull=False)
            ),
            models.CheckConstraint(
                name="enrolment_left_has_reason",
                condition=Q(state=EnrolmentState.DROPPED_OUT) ^ Q(leaving_reason=""),
            ),
            periods.ends_after_start("enrolment_ends_after_start"),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="enrolment_cohort_state")]

    def __str__(self) -> str:
        return f"{self.student} – {self.cohort}"

    @property
    def is_open(self) -> bool:
        """Enrolled or on the waiting list."""
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """On the waiting list."""
        return self.state == EnrolmentState.WAITING

    @property
    def is_continued(self) -> bool:
        """Whether the student came back since; asks nothing when `continued_by` was loaded along."""
        return hasattr(self, "continued_by")

    @cached_property
    def parties(self) -> Parties:
        """The parties of this enrolment. Costs no query after `with_parties()`, and one without it."""
        if not hasattr(self, "access_rows"):
            return Enrolment.objects.with_parties().get(pk=self.pk).parties
        held, teachers = self.access_rows, self.teacher_rows
        whole = [row for row in held if row["scope"] == AccessScope.PLAN]
        partly = [row for row in held if row["scope"] != AccessScope.PLAN]
        employers = [row for row in whole if row["membership"] is None]
        teacher = teachers[0] if teachers else None
        return Parties(
            student=self.student.person_id,
            teacher_memberships=frozenset(row["membership"] for row in teachers),
            employers=tuple(row["organisation"] for row in employers),
            exchange_hosts=frozenset(row["organisation"] for row in partly if row["membership"] is None),
            supervisors=frozenset(row["membership"] for row in whole if row["membership"] is not None),
            own_supervisors=frozenset(
                row["membership"]
                for row in whole
                if row["membership"] is not None
                and employers
                and row["organisation"] == employers[0]["organisation"]
            ),
            exchange_supervisors=frozenset(
                row["membership"] for row in partly if row["membership"] is not None
            ),
            employer_name=employers[0]["name"] if employers else "",
            teacher_name=full_name(
                first_name=teacher["first"], last_name=teacher["last"], prefix=teacher["prefix"]
            )
            if teacher
            else "",
        )
