"""Bulk acts on students of one's own cohorts: making plans from what the programme suggests, and inviting again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from core import versions
from core.access import Verdict, not_now, require
from core.bulk import Outcome, Picked
from partnerships.actors import Actor, ActorRequest
from partnerships.models import Organisation
from programmes.models import Cohort
from programmes.views.guards import school_or_404
from students import rules
from students.enums import PlanState
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet
from students.models.plans import HAS_PLAN
from students.presenters.enrolments import account_words
from students.rules import enrolments as enrolment_rules
from students.services import many as service
from ui.bulk import MOST, BulkAct, BulkRow, Text, answer, uuids
from ui.languages import dutch, told


class StudentsAct(BulkAct):
    """An act on students whom the actor teaches at a school, each known by the public id of the enrolment."""

    def __init__(self, actor: Actor, school: Organisation, cohort: str = "") -> None:
        self.actor, self.school, self.asked_cohort = actor, school, cohort
        self.known: dict[str, Enrolment] = {}

    def load(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        """With what the act weighs and says of each."""
        return rows

    def row(self, enrolment: Enrolment) -> BulkRow:
        """One line of the page."""
        raise NotImplementedError

    def waiting(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        """Of the own students who are enrolled those for whom the act waits to be done."""
        return rows.none()

    def every(self) -> list[str]:
        mine = Enrolment.objects.taught_by(self.actor).running().filter(cohort__programme__school=self.school)
        if asked := uuids([self.asked_cohort]):
            mine = mine.filter(cohort__public_id__in=asked)
        found = self.waiting(mine).order_by("student__person__sort_name", "pk")
        return [str(key) for key in found.values_list("public_id", flat=True)[: MOST + 1]]

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        mine = Enrolment.objects.taught_by(self.actor).filter(cohort__programme__school=self.school)
        found = self.load(mine.filter(public_id__in=uuids(keys)).with_parties())
        by = ("cohort__name", "cohort", "student__person__sort_name", "pk")
        related = found.select_related("cohort__programme").order_by(*by)
        self.known = {str(row.public_id): row for row in related}
        return [self.row(row) for row in self.known.values()]

    def keys(self, picked: Sequence[Picked]) -> dict[str, int]:
        """The keys of the enrolments by those of the page."""
        return {one.key: self.known[one.key].pk for one in picked}

    @cached_property
    def cohort(self) -> Cohort | None:
        """The cohort of whose page the act was chosen, or to which all rows belong."""
        cohorts = {row.cohort_id: row.cohort for row in self.known.values()}
        if len(cohorts) == 1:
            return next(iter(cohorts.values()))
        asked = uuids([self.asked_cohort])
        mine = Cohort.objects.taught_by(self.actor).filter(programme__school=self.school)
        return mine.filter(public_id=asked[0]).first() if asked and not cohorts else None

    @property
    def back(self) -> tuple[Text, str]:
        if self.cohort is not None:
            page = reverse("cohort-detail", args=[self.school.slug, self.cohort.public_id])
            return dutch(self.cohort.name), page
        return self.school.name, reverse("school-start", args=[self.school.slug])

    def head(self) -> Mapping[str, Any]:
        return {
            "school": self.school,
            "belongs_under": reverse("students:cohort-list", args=[self.school.slug]),
        }

    def verdict_on_cohort(self, enrolment: Enrolment) -> Verdict:
        """Own students only are loaded, so the cohort is one that the actor teaches."""
        enrolment.cohort.is_taught = True
        return enrolment_rules.can_see_students(self.actor, enrolment.cohort)


def teachers_school(request: ActorRequest, slug: str) -> Organisation:
    """A school at which the actor teaches: 403 for its other people, 404 for strangers."""
    school = school_or_404(request, slug)
    require(enrolment_rules.can_work_through(request.actor, school.pk))
    return school


class MakePlans(StudentsAct):
    """Learning plans with a suggested goal for every work process."""

    name = "plans"
    word = gettext_lazy("Make learning plans")
    undo_word = gettext_lazy("Throw these learning plans away")
    undo_says = gettext_lazy("Only what nobody has changed or was asked about is thrown away.")

    def row(self, enrolment: Enrolment) -> BulkRow:
        verdict = rules.can_create_plan(self.actor, enrolment)
        plan = next((plan for plan in enrolment.plans.all() if plan.state != PlanState.CLOSED), None)
        if verdict and plan:
            verdict = not_now(HAS_PLAN)
        note = dutch(enrolment.parties.employer_name) or _("no training place yet")
        if len({one.cohort_id for one in self.known.values()}) > 1:
            note = told("{cohort}, {note}", cohort=dutch(enrolment.cohort.name), note=note)
        return BulkRow(
            str(enrolment.public_id),
            enrolment.student.full_name,
            note,
            verdict,
            versions.of(enrolment),
            plan.get_absolute_url() if plan else "",
        )

    def waiting(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        return rows.filter(plans=None)

    def load(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        return rows.prefetch_related("plans")

    def says(self) -> Sequence[Text]:
        return [
            _(
                "Each learning plan gets what the programme suggests today: a goal for every work process."
                " It begins as a draft, in which you change what you like."
            )
        ]

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.make_plans(picked=picked, known=self.keys(picked), by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("%(number)d learning plan made", "%(number)d learning plans made", number)
        return words % {"number": number}

    def then(self) -> Text:
        return _("Change the goals where needed, and ask consent once the student has a training place.")

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.discard_plans(outcomes=outcomes, by=self.actor)


class Invite(StudentsAct):
    """A new link to make an account, for who has none."""

    name = "invite"
    word = gettext_lazy("Invite again")
    undo_word = gettext_lazy("Take these invitations back")
    undo_says = gettext_lazy("The links in the emails then no longer work.")

    def waiting(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        return rows.filter(student__person__user=None)

    def load(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        return rows.select_related("student__invitation")

    def row(self, enrolment: Enrolment) -> BulkRow:
        verdict = self.verdict_on_cohort(enrolment) and enrolment_rules.is_invitable(enrolment)
        return BulkRow(
            str(enrolment.public_id),
            enrolment.student.full_name,
            account_words(enrolment.student),
            verdict,
            versions.of(enrolment, enrolment.student.person),
        )

    def says(self) -> Sequence[Text]:
        return [
            _("With the link in the email a student makes an account. An earlier link then no longer works.")
        ]

    def mails(self) -> Sequence[Text]:
        words = ngettext(
            "%(number)d student gets an email with a link that is valid for 14 days.",
            "%(number)d students each get an email with a link that is valid for 14 days.",
            len(self.able),
        )
        return [words % {"number": len(self.able)}] if self.able else []

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.invite(picked=picked, known=self.keys(picked), by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("%(number)d student invited", "%(number)d students invited", number)
        return words % {"number": number}

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.uninvite(outcomes=outcomes, by=self.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def plans_make(request: ActorRequest, school: str) -> HttpResponse:
    """Learning plans for several students at once."""
    act = MakePlans(request.actor, teachers_school(request, school), request.GET.get("cohort", ""))
    return answer(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
def students_invite(request: ActorRequest, school: str) -> HttpResponse:
    """Invitations for several students at once."""
    act = Invite(request.actor, teachers_school(request, school), request.GET.get("cohort", ""))
    return answer(request, act)
