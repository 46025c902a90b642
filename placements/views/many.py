"""Bulk acts around places: proposing students, the employer's yes, confirming places and closing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from core import versions
from core.access import Verdict, not_now
from core.bulk import Outcome, Picked
from core.dates import today
from partnerships.actors import Actor, ActorRequest
from partnerships.models import Organisation
from partnerships.views.guards import employer_of
from placements.enums import CONFIRM_AFTER_DAYS, MatchState, SlotState
from placements.forms.many import ProposalChoice
from placements.models import Match, Slot
from placements.presenters.matches import row_of
from placements.queries.assigning import assign, candidates
from placements.queries.fits import Fit
from placements.queries.placed import has_place, seeking
from placements.queries.seats import edition_of, openings
from placements.queries.sight import sight_of
from placements.queries.slot_ends import closing_editions
from placements.rules import matches as rules
from placements.rules import slots as slot_rules
from placements.services import many as service
from students.models.enrolments import EnrolmentQuerySet
from students.views.bulk import StudentsAct, teachers_school
from ui.bulk import MOST, BulkAct, BulkRow, Text, answer, uuids
from ui.formats import day
from ui.forms import ReasonForm
from ui.languages import dutch, told

NO_PLACE = gettext_lazy("No free training place fits now.")


class Propose(StudentsAct):
    """The best place that is free for each student, proposed to its employer; another place can be chosen."""

    name = "propose"
    word = gettext_lazy("Propose them")
    undo_word = gettext_lazy("Take these proposals back")
    undo_says = gettext_lazy("This can be done as long as the employer has not answered.")

    def heading(self) -> Text:
        return _("Propose students for training places")

    def waiting(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        return seeking(rows).filter(~Exists(Match.objects.open().filter(enrolment=OuterRef("pk"))))

    def load(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        waiting = Match.objects.open().filter(enrolment=OuterRef("pk")).order_by("-pk")
        made = waiting.values(row=JSONObject(employer="slot__organisation__name", key="public_id"))
        return (
            rows.select_related("cohort__programme__school")
            .annotate(has_place=has_place(would_end_on__isnull=True), waiting=Subquery(made[:1]))
            .prefetch_related("cohort__programme__qualifications")
        )

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        self.found: dict[int, list[Fit]] = {}
        self.chosen: dict[int, Fit] = {}
        super().rows(keys)  # loads them; who fits where is asked for all at once
        seeking = [row for row in self.known.values() if self._may(row)]
        slots = Slot.objects.found_by(self.actor, sight_of(self.actor))
        self.found = candidates(seeking, slots) if seeking else {}
        self.chosen = assign(self.found)
        return [self.row(row) for row in self.known.values()]

    def _may(self, enrolment: Any) -> Verdict:
        if enrolment.waiting:
            return not_now(
                format_lazy(_("Proposed to {employer} already."), employer=enrolment.waiting["employer"])
            )
        if enrolment.has_place:
            return not_now(_("Has a training place already."))
        return self.verdict_on_cohort(enrolment) and rules.can_be_placed(enrolment)

    def row(self, enrolment: Any) -> BulkRow:
        key, chosen, may = str(enrolment.public_id), self.chosen.get(enrolment.pk), self._may(enrolment)
        fits = self.found.get(enrolment.pk, [])
        name = enrolment.student.full_name
        form = None
        if may and chosen:
            form = ProposalChoice(self.sent, prefix=key, chosen=chosen, fits=fits, row=name)
        made = enrolment.waiting or {}
        return BulkRow(
            key,
            name,
            _note(chosen) if chosen else made.get("employer", ""),
            may if chosen or not may else not_now(NO_PLACE),
            versions.of(enrolment),
            reverse("placements:match-detail", args=[made["key"]]) if made else "",
            form,
        )

    def says(self) -> Sequence[Text]:
        return [
            _(
                "Beside each student stands the free training place that fits best."
                " The employer answers first, then the student."
            )
        ]

    def mails(self) -> Sequence[Text]:
        chosen = [
            fit
            for fit in self.chosen.values()
            if str(fit.enrolment.public_id) in {row.key for row in self.able}
        ]
        number = len({fit.slot.organisation_id for fit in chosen})
        words = ngettext(
            "The contact persons and practice trainers of %(number)d employer each get one email about all students.",
            "The contact persons and practice trainers of %(number)d employers each get one email about all students.",
            number,
        )
        return [words % {"number": number}] if number else []

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.propose(picked=picked, known=self.keys(picked), by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("%(number)d student proposed", "%(number)d students proposed", number)
        return words % {"number": number}

    def then(self) -> Text:
        return _("Now it is the turn of the employers.")

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.withdraw(outcomes=outcomes, by=self.actor)


def _note(fit: Fit) -> str:
    parts = (dutch(fit.slot.title), dutch(fit.slot.organisation), fit.distance)
    where = format_html_join(", ", "{}", ((part,) for part in parts if part))
    return format_html("{}. {}", where, fit.reason)


class EmployerAct(BulkAct):
    """An act in the name of an employer."""

    space = "employer"

    def __init__(self, actor: Actor, employer: Organisation) -> None:
        self.actor, self.employer = actor, employer

    def head(self) -> Mapping[str, Any]:
        return {"organisation": self.employer}


class Accept(EmployerAct):
    """The employer's yes to several proposals."""

    name = "accept"
    word = gettext_lazy("Say yes")
    choose = gettext_lazy("First choose a proposal.")
    legend = gettext_lazy("To whom?")
    undo_word = gettext_lazy("Take this yes back")
    undo_says = gettext_lazy("This can be done as long as the student has not answered.")

    @property
    def back(self) -> tuple[Text, str]:
        return _("Proposals"), reverse("placements:match-list")

    def every(self) -> list[str]:
        waiting = Match.objects.filter(slot__organisation=self.employer, state=MatchState.PROPOSED)
        rows = waiting.order_by("answer_by", "pk").values_list("public_id", flat=True)
        return [str(key) for key in rows[: MOST + 1]]

    def heading(self) -> Text:
        return _("Say yes to several students")

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        own = Match.objects.visible_to(self.actor).filter(slot__organisation=self.employer)
        related = own.with_taught(self.actor).for_list().select_related("slot__supervisor__person")
        rows = list(related.filter(public_id__in=uuids(keys)).prefetch_related("slot__qualifications"))
        found = openings([(match.slot, match.enrolment) for match in rows])
        self.students = {str(match.public_id): match.enrolment.student_id for match in rows}
        return [
            BulkRow(
                str(match.public_id),
                format_html(
                    "{}, {}", row_of(self.actor, match).name, dutch(match.enrolment.cohort.programme.name)
                ),
                told(
                    _("%(slot)s, %(from)s to %(until)s"),
                    **{
                        "slot": dutch(match.slot.title),
                        "from": day(free.starts_on),
                        "until": day(free.ends_on),
                    },
                ),
                rules.can_answer_as_employer(self.actor, match),
                edition_of(match, free),
                match.get_absolute_url(),
            )
            for match, free in zip(rows, found, strict=True)
        ]

    def says(self) -> Sequence[Text]:
        return [
            _("After your yes each student answers. You can say no to a student on the page of the proposal.")
        ]

    def mails(self) -> Sequence[Text]:
        number = len({self.students[row.key] for row in self.able})
        words = ngettext(
            "%(number)d student gets an email with your yes.",
            "%(number)d students each get an email with your yes.",
            number,
        )
        return [words % {"number": number}] if number else []

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.accept(picked=picked, employer=self.employer, by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("Yes said to %(number)d student", "Yes said to %(number)d students", number)
        return words % {"number": number}

    def then(self) -> Text:
        return _("Now it is the students' turn.")

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.unaccept(outcomes=outcomes, by=self.actor)


class SlotsAct(EmployerAct):
    """An act on the employer's own places."""

    choose = gettext_lazy("First choose a training place.")
    legend = gettext_lazy("Which training places?")

    @property
    def back(self) -> tuple[Text, str]:
        return _("Training places"), reverse("placements:slot-list", args=[self.employer.slug])

    def slots(self, keys: Sequence[str]) -> list[Slot]:
        own = Slot.objects.own(self.actor).filter(organisation=self.employer, public_id__in=uuids(keys))
        return list(own.with_open_matches().for_list().prefetch_related(None))

    def url(self, slot: Slot) -> str:
        return reverse("placements:slot-manage", args=[self.employer.slug, slot.public_id])


class ConfirmSlots(SlotsAct):
    """The places still stand."""

    name = "confirm"
    word = gettext_lazy("Still available")
    undo_word = gettext_lazy("Take this back")

    def every(self) -> list[str]:
        stale = today() - timedelta(days=CONFIRM_AFTER_DAYS)
        online = Slot.objects.own(self.actor).filter(
            organisation=self.employer, state=SlotState.ONLINE, ends_on__gte=today(), confirmed_on__lte=stale
        )
        rows = online.order_by("confirmed_on", "pk").values_list("public_id", flat=True)
        return [str(key) for key in rows[: MOST + 1]]

    def heading(self) -> Text:
        return _("Are these training places still available?")

    def says(self) -> Sequence[Text]:
        return [_("Schools and students can then find them for another 45 days.")]

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        return [
            BulkRow(
                str(slot.public_id),
                dutch(slot.title),
                _("%(place)s, confirmed on %(day)s")
                % {"place": slot.place, "day": day(slot.confirmed_on) if slot.confirmed_on else "–"},
                slot_rules.can_confirm_slot(self.actor, slot),
                versions.of(slot),
                self.url(slot),
            )
            for slot in self.slots(keys)
        ]

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.confirm(picked=picked, by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext(
            "%(number)d training place confirmed", "%(number)d training places confirmed", number
        )
        return words % {"number": number}

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.unconfirm(outcomes=outcomes, by=self.actor)


class CloseSlots(SlotsAct):
    """The places close; who learns there stays."""

    name = "close"
    word = gettext_lazy("Close training places")
    undo_word = gettext_lazy("Open these training places again")
    undo_says = gettext_lazy("Proposals that ended with them are open again then.")

    def form(self) -> ReasonForm:
        readers = _("The students, their schools and whoever is in an open proposal read this.")
        return ReasonForm(self.sent, help_text=readers)

    def says(self) -> Sequence[Text]:
        return [_("Open proposals end. Whoever learns there stays until the agreed day.")]

    def mails(self) -> Sequence[Text]:
        hangs = [self.hangs[row.key] for row in self.able]
        waiting, placed = (sum(numbers) for numbers in zip((0, 0), *hangs, strict=True))
        words = ngettext(
            "%(number)d open proposal ends: whoever knows of it gets an email.",
            "%(number)d open proposals end: whoever knows of one gets an email.",
            waiting,
        )
        stays = ngettext(
            "%(number)d student who learns there gets an email, and so do the teachers.",
            "%(number)d students who learn there get an email, and so do the teachers.",
            placed,
        )
        told = [(words, waiting), (stays, placed)]
        return [sentence % {"number": number} for sentence, number in told if number]

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        slots = self.slots(keys)
        read = closing_editions(slots)
        self.hangs = {str(slot.public_id): (slot.open_matches, read[slot.pk][1]) for slot in slots}
        return [
            BulkRow(
                str(slot.public_id),
                dutch(slot.title),
                _stays(slot, read[slot.pk][1]),
                slot_rules.can_close_slot(self.actor, slot),
                read[slot.pk][0],
                self.url(slot),
            )
            for slot in slots
        ]

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        reason = self.filled["reason"]
        return service.close(picked=picked, employer=self.employer, reason=reason, by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("%(number)d training place closed", "%(number)d training places closed", number)
        return words % {"number": number}

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.reopen(outcomes=outcomes, by=self.actor)


def _stays(slot: Slot, placed: int) -> str:
    if not placed:
        return slot.place
    words = ngettext("%(number)d student stays", "%(number)d students stay", placed) % {"number": placed}
    return f"{slot.place}, {words}"


@require_http_methods(["GET", "HEAD", "POST"])
def students_propose(request: ActorRequest, school: str) -> HttpResponse:
    """Propose several students at once, each for the free place that fits best."""
    act = Propose(request.actor, teachers_school(request, school), request.GET.get("cohort", ""))
    return answer(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
def matches_accept(request: ActorRequest, slug: str) -> HttpResponse:
    """The employer says yes to several proposals at once."""
    return answer(request, Accept(request.actor, employer_of(request, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def slots_confirm(request: ActorRequest, slug: str) -> HttpResponse:
    """Say of several places at once that they still stand."""
    return answer(request, ConfirmSlots(request.actor, employer_of(request, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def slots_close(request: ActorRequest, slug: str) -> HttpResponse:
    """Close several places at once."""
    return answer(request, CloseSlots(request.actor, employer_of(request, slug)))
