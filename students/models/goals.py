"""Goals in immutable versions, agreed by three parties (docs/domain.md 3)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from core.addresses import of_row
from core.lookups import keys_of
from core.readlog import AboutSomeone
from core.versions import Versioned
from programmes.models import WorkProcess, is_taught_by
from programmes.models.qualifications import in_order, qualification_name
from students.enums import Answer, GoalOrigin, GoalResult, GoalState, Party, PlanState
from students.models.access import LearnerAccess, may_have_access
from students.models.answers import answers_that_count
from students.models.consents import Consent
from students.models.enrolments import Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor

_LIVE = {
    GoalState.PROPOSED,
    GoalState.AGREED,
    GoalState.BUSY,
    GoalState.DEMONSTRATED,
    GoalState.ASSESSED,
}


_OPEN = (PlanState.DRAFT, PlanState.ACTIVE)


def _asked_to_change(*parties: Party) -> Q:
    """Whether one of the parties sent the newest text back; on goals with `_with_employer`.

    First whether anyone ever did, which an index of its own knows.
    """
    ever = Q(Exists(Consent.objects.filter(goal_version=OuterRef("latest"), answer=Answer.CHANGE)))
    others = [party for party in parties if party != Party.EMPLOYER]
    said = Consent.objects.filter(goal_version=OuterRef("latest"), party__in=others)
    later = Consent.objects.filter(
        goal_version=OuterRef("goal_version"), party=OuterRef("party"), number__gt=OuterRef("number")
    )
    back = Q(Exists(said.filter(~Exists(later), answer=Answer.CHANGE)))
    return ever & (back | Q(employer_answer=Answer.CHANGE) if Party.EMPLOYER in parties else back)


class GoalQuerySet(models.QuerySet["Goal"]):
    def live(self) -> Self:
        return self.filter(state__in=_LIVE)

    def visible_to(self, actor: Actor) -> Self:
        """Goals of visible plans; access for an exchange shows only the goals it names."""
        ways = Q(plan__enrolment__in=keys_of(Enrolment.objects.own(actor)))
        if actor.cohorts:
            ways |= is_taught_by(actor, "plan__enrolment__cohort")
        if may_have_access(actor):
            held = LearnerAccess.objects.held_by(actor).filter(enrolment=OuterRef("plan__enrolment"))
            ways |= Q(Exists(held.to_goal("pk")))
        return self.filter(ways)

    def assessable(self) -> Self:
        """Not assessed and not lapsed: what a new employer is asked about."""
        return self.live().exclude(state=GoalState.ASSESSED)

    def awaiting(self, party: Party, *, employer: int | None = None) -> Self:
        """Goals whose newest text was put to consent, was sent back by nobody and was not answered by the party.

        The same answer for rows that are loaded: `students.queries.consent.Standing.waits_for`. For the employer it is
        the one of today; without one there is nobody to ask, and nothing waits. `employer` leaves only the plans of
        which that organisation is the employer.
        """
        goals = self._with_employer(employer).assessable()
        asked = goals.filter(latest__asked_at__isnull=False, plan__state__in=_OPEN)
        if party != Party.EMPLOYER:
            unanswered = ~Q(Exists(Consent.objects.filter(goal_version=OuterRef("latest"), party=party)))
        elif employer is None:
            unanswered = Q(employer_now__isnull=False, employer_answer="")
        else:
            unanswered = Q(employer_now=employer, employer_answer="")
        return asked.filter(unanswered).exclude(_asked_to_change(*Party))

    def sent_back(self, *, to: Party | None = None) -> Self:
        """Goals of which a party asked to change the newest text; `to` leaves out what that party sent back itself.

        The same answer for rows that are loaded: `students.queries.consent.Standing.is_sent_back`.
        """
        back = _asked_to_change(*(party for party in Party if party != to))
        return self._with_employer().assessable().filter(back, plan__state__in=_OPEN)

    def with_sent_back(self, *, to: Party) -> Self:
        """Each with `is_sent_back`: whether it is among `sent_back(to=…)`, as far as the plan is open."""
        back = Q(state__in=_LIVE - {GoalState.ASSESSED}) & _asked_to_change(*(p for p in Party if p != to))
        found = Case(When(back, then=True), default=False, output_field=models.BooleanField())
        return self._with_employer().annotate(is_sent_back=found)

    def _with_employer(self, employer: int | None = None) -> Self:
        """With today's employer of the plan, and what an employer said to the newest text, as far as it counts.

        `employer`: of goals of which it is known already whose answer counts.
        """
        held = LearnerAccess.objects.of_employers().filter(enrolment=OuterRef("plan__enrolment"))
        # Without an employer today the answer that one gave last stands (`answers_that_count` says the same).
        of_today = employer or Coalesce(OuterRef("employer_now"), F("organisation"))
        answers = Consent.objects.filter(
            goal_version=OuterRef("latest"), party=Party.EMPLOYER, organisation=of_today
        )
        return self.alias(employer_now=Subquery(held.values("organisation")[:1])).alias(
            # Never empty: "not equal" in SQL leaves out what is, and a test for it would write this query twice.
            employer_answer=Coalesce(Subquery(answers.order_by("-number").values("answer")[:1]), Value(""))
        )

    def for_page(self) -> Self:
        """A row with its plan, parties and what was seen at work, for rules and the page."""
        return (
            self.for_list()
            .annotate(seen_at_work=_seen_at_work())
            .prefetch_related(Prefetch("plan__enrolment", Enrolment.objects.for_page()))
        )

    def for_list(self, programme: int | None = None) -> Self:
        """With work process, both texts, the answers to the newest one and the last remark: what a row draws.

        `programme` is the key of the one in which all these goals are, where that is known: it is then asked once.
        """
        remarks = apps.get_model("students", "GoalRemark").objects.filter(
            goal=OuterRef("pk"), taken_back_at=None
        )
        decided = apps.get_model("students", "Assessment").objects.filter(hand_in__goal=OuterRef("pk"))
        return (
            self.select_related("plan", "work_process", "current", "latest")
            .prefetch_related(
                Prefetch(
                    "latest__consents",
                    Consent.objects.select_related("by", "organisation").order_by("number"),
                )
            )
            .annotate(
                last_remark=_newest_words(remarks, "text", F("party")),
                last_feedback=_newest_words(decided.exclude(feedback=""), "feedback", Value(Party.SCHOOL)),
                named=qualification_name(
                    "work_process__", programme or OuterRef("plan__enrolment__cohort__programme")
                ),
            )
            .order_by(*in_order("work_process__"), "position", "pk")
        )


_SEEN = ("pk", "public_id", "text", "at", "taken_back_at", "carries")
_BY = {name: f"by__{name}" for name in ("first_name", "name_prefix", "last_name")}


def _seen_at_work() -> ArraySubquery:
    """The opinions on whichever of its texts, the newest first, in the query of the goal itself."""
    rows = apps.get_model("students", "PracticeOpinion").objects.filter(version__goal=OuterRef("pk"))
    return ArraySubquery(
        rows.with_hand_ins()
        .order_by("-at", "-pk")
        .values(
            row=JSONObject(
                by_id="by",
                version_id="version",
                role="membership__role",
                organisation="membership__organisation__name",
                **{name: name for name in _SEEN},
                **_BY,
            )
        )
    )


def _newest_words(rows: Any, text: str, party: Any) -> Subquery:
    """What was said last in these rows, and who said it: what a list draws of it."""
    newest = rows.order_by("-at", "-pk").values(found=JSONObject(text=text, party=party, at="at", **_BY))
    return Subquery(newest[:1])


class Goal(AboutSomeone, Versioned):
    """One learning goal; its text lives in versions, its achievement is the school's decision."""

    ABOUT = "plan"
    ON_RECORD = ("evidence_removed",)

    # The qualification's name where the programme has more than one; `for_list` fills it in.
    named: str | None = ""
    seen_at_work: Sequence[dict[str, Any]] = ()  # what someone at work saw of it; `for_page` fills it in

    TRANSITIONS = {
        "agree": ({GoalState.PROPOSED}, GoalState.AGREED),
        "begin": ({GoalState.AGREED}, GoalState.BUSY),
        "hand_in": ({GoalState.AGREED, GoalState.BUSY}, GoalState.DEMONSTRATED),
        "assess": ({GoalState.DEMONSTRATED}, GoalState.ASSESSED),
        "correct": ({GoalState.ASSESSED}, GoalState.ASSESSED),
        "resume": ({GoalState.ASSESSED}, GoalState.BUSY),
        "lapse": ({GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY}, GoalState.LAPSED),
    }
    REASON_REQUIRED = frozenset({"lapse", "correct"})
    UNDO = {"hand_in": None, "assess": 14, "lapse": 14}
    REFUSALS = {
        "begin": _("You begin with a goal once all three have agreed."),
        "hand_in": _("You hand in a goal that was agreed and is not handed in yet."),
        "assess": _(
            "You cannot assess this goal now: it is not handed in, or there is a result already, which you can correct."
        ),
        "correct": _("There is no result to correct."),
        "resume": _("Only a goal that was not achieved yet can be taken up again."),
        "lapse": _("This goal was handed in, assessed or dropped."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        "students.LearningPlan",
        verbose_name=_("learning plan"),
        on_delete=models.CASCADE,
        related_name="goals",
    )
    work_process = models.ForeignKey(
        WorkProcess,
        verbose_name=_("work process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="goals",
    )
    origin = models.CharField(
        _("origin"), max_length=13, choices=GoalOrigin, default=GoalOrigin.QUALIFICATION
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=GoalState, default=GoalState.PROPOSED)
    # The text in force (null until three parties agreed once) and the newest text.
    current = models.ForeignKey(
        "GoalVersion",
        verbose_name=_("agreed text"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    latest = models.ForeignKey(
        "GoalVersion",
        verbose_name=_("newest text"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    result = models.CharField(_("result"), max_length=7, choices=GoalResult, blank=True)
    assessed_at = models.DateTimeField(_("assessed at"), null=True, blank=True)
    assessed_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("assessed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Removing a piece leaves no word of it; who sees the goal sees that it was done, by whom and when.
    evidence_removed = models.PositiveIntegerField(
        _("number of pieces of evidence removed"), default=0, editable=False
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning goal")
        verbose_name_plural = _("learning goals")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="goal_result_only_when_assessed",
                condition=Q(state=GoalState.ASSESSED, result__in=GoalResult.values, assessed_at__isnull=False)
                | (~Q(state=GoalState.ASSESSED) & Q(result="")),
            ),
            models.CheckConstraint(
                name="goal_agreed_has_text",
                condition=Q(state__in=[GoalState.PROPOSED, GoalState.LAPSED]) | Q(current__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["plan", "state"], name="goal_plan_state")]

    def __str__(self) -> str:
        return str(self.shown) if self.shown else str(self.pk)

    def get_absolute_url(self) -> str:
        return of_row("students:goal-detail", self.public_id)

    @property
    def process(self) -> WorkProcess | None:
        """The work process, if the goal has one, named with its qualification where the programme has more than one."""
        return self.work_process.named_as(self.named) if self.work_process else None

    @property
    def shown(self) -> GoalVersion | None:
        """The text that holds: the agreed one, or the newest while nothing was agreed."""
        return self.current or self.latest

    @property
    def pending(self) -> GoalVersion | None:
        """The newest text when it is not the agreed one yet."""
        return self.latest if self.latest_id != self.current_id else None

    def answers_of(self, employer_id: int | None) -> dict[str, Consent]:
        """The answers to the newest text by party; `employer_id` is today's employer.

        Consent to a goal that was assessed stays as it was given: a later employer is not asked about it any more.
        """
        if self.latest is None:
            return {}
        employer = None if self.state == GoalState.ASSESSED else employer_id
        given = sorted(self.latest.consents.all(), key=lambda row: row.number)
        return answers_that_count(given, employer)


class GoalVersion(AboutSomeone):
    """An immutable text of a goal; a change makes a new one."""

    ABOUT = "goal"

    goal = models.ForeignKey(
        Goal, verbose_name=_("learning goal"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.CharField(_("goal"), max_length=200)
    criterion = models.CharField(_("when is it achieved"), max_length=500, blank=True)
    way_of_working = models.CharField(_("way of working"), max_length=500, blank=True)
    evidence_asked = models.CharField(_("evidence asked for"), max_length=300, blank=True)
    due_on = models.DateField(_("due by"))
    created_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("written by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    asked_at = models.DateTimeField(_("put to consent at"), null=True, blank=True)
    # The moment of the third yes: who agreed then stays so, whoever the employer is now.
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a goal")
        verbose_name_plural = _("versions of goals")
        ordering = ["goal", "number"]
        constraints = [models.UniqueConstraint(name="goal_version_once", fields=["goal", "number"])]
        indexes = [
            # Reminders look for what was asked, and what falls due, on a few days.
            models.Index(fields=["asked_at"], name="goal_version_asked", condition=Q(asked_at__isnull=False)),
            models.Index(fields=["due_on"], name="goal_version_due"),
        ]

    def __str__(self) -> str:
        return self.text
