"""Bulk acts on agreements: asking for signatures, and signing."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.views.fresh import is_fresh_to_sign, require_fresh_to_sign
from agreements import rules
from agreements.enums import Signer, VersionState
from agreements.models import Agreement
from agreements.presenters.agreements import open_parties
from agreements.queries import signers
from agreements.services import many as service
from core.access import Verdict, not_now
from core.bulk import Outcome, Picked
from partnerships.actors import Actor, ActorRequest
from partnerships.presenters.spaces import space_of
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet
from students.views.bulk import StudentsAct, teachers_school
from ui.bulk import DONE, MOST, BulkAct, BulkRow, Text, answer, uuids
from ui.formats import day, number
from ui.forms import PortalForm

NOTHING = gettext_lazy("There is no practice agreement to ask signatures for.")


class Ask(StudentsAct):
    """The practice agreement of each student put to signature, as it stands."""

    name = "ask"
    word = gettext_lazy("Ask for signatures")
    undo_word = gettext_lazy("Take this back")
    undo_says = gettext_lazy("This can be done for a text that nobody has signed yet.")

    def every(self) -> list[str]:
        rows = (
            Agreement.objects.open()
            .taught_by(self.actor)
            .filter(
                placement__enrolment__cohort__programme__school=self.school,
                versions__state=VersionState.DRAFT,
            )
        )
        keys = rows.order_by("placement__starts_on", "pk").values_list(
            "placement__enrolment__public_id", flat=True
        )
        return [str(key) for key in keys[: MOST + 1]]

    def load(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        found = Agreement.objects.open().visible_to(self.actor).with_taught(self.actor).for_list()
        self.agreements = {
            row.placement.enrolment_id: row for row in found.filter(placement__enrolment__in=rows)
        }
        self.people = signers.able(list(self.agreements.values()))
        return rows

    def row(self, enrolment: Enrolment) -> BulkRow:
        agreement = self.agreements.get(enrolment.pk)
        if agreement is None or agreement.pending is None:
            return BulkRow(str(enrolment.public_id), enrolment.student.full_name, verdict=not_now(NOTHING))
        return BulkRow(
            str(enrolment.public_id),
            enrolment.student.full_name,
            _what(agreement),
            rules.can_ask(self.actor, agreement),
            agreement.pending.digest,
            agreement.get_absolute_url(),
        )

    def says(self) -> Sequence[Text]:
        return [_("Everyone signs each text as it is now. First read the ones you do not know yet.")]

    def mails(self) -> Sequence[Text]:
        able = {row.key for row in self.able}
        rows = [row for row in self.agreements.values() if str(row.placement.enrolment.public_id) in able]
        students, others = set(), set()
        for row in rows:
            students |= {person.pk for person in self.people[row.pk][Signer.STUDENT]}
            for party in (Signer.EMPLOYER, Signer.SCHOOL):
                others |= {person.pk for person in self.people[row.pk][party]} - {self.actor.person_id}
        of_students = ngettext(
            "%(number)d student gets an email.", "%(number)d students each get an email.", len(students)
        )
        of_others = ngettext(
            "%(number)d person who signs for an employer or the school gets one email about all of them.",
            "%(number)d people who sign for an employer or the school each get one email about all of theirs.",
            len(others),
        )
        told = [(of_students, len(students)), (of_others, len(others))]
        return [words % {"number": count} for words, count in told if count]

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        known = {one.key: self.agreements[self.known[one.key].pk].pk for one in picked}
        return service.ask(picked=picked, known=known, by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext(
            "Signatures asked for %(number)d practice agreement",
            "Signatures asked for %(number)d practice agreements",
            number,
        )
        return words % {"number": number}

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return service.recall(outcomes=outcomes, by=self.actor)


def _what(agreement: Agreement) -> str:
    """What is agreed, in one line: with whom, from when until when, how many hours."""
    version = agreement.pending
    if version is None:
        return ""
    return _("%(employer)s, %(from)s to %(until)s, %(hours)s hours") % {
        "employer": agreement.placement.slot.organisation.name,
        "from": day(version.starts_on),
        "until": day(version.ends_on),
        "hours": number(version.total_hours),
    }


class HaveRead(PortalForm):
    """The words one agrees to, once for all texts that are ticked."""

    agreed = forms.BooleanField(label=gettext_lazy("I have read these agreements and I agree to them."))


class Sign(BulkAct):
    """A signature under each agreement that waits for one of this person."""

    name = "sign"
    word = gettext_lazy("Sign")
    choose = gettext_lazy("First choose an agreement.")
    legend = gettext_lazy("Which agreements?")

    def __init__(self, actor: Actor) -> None:
        self.actor, self.space = actor, space_of(actor)
        self.known: dict[str, tuple[int, str]] = {}

    @property
    def back(self) -> tuple[Text, str]:
        return _("Home"), reverse("start")

    def heading(self) -> Text:
        return _("Sign practice agreements")

    def every(self) -> list[str]:
        waits = signers.waits_for(Signer.EMPLOYER) | signers.waits_for(Signer.SCHOOL)
        rows = Agreement.objects.visible_to(self.actor).with_taught(self.actor).filter(waits)
        found = rows.for_list().order_by("placement__starts_on", "pk")[: MOST + 1]
        return [str(row.public_id) for row in found if rules.can_sign(self.actor, row)]

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        visible = Agreement.objects.visible_to(self.actor).with_taught(self.actor).for_list()
        return [self.row(row) for row in visible.filter(public_id__in=uuids(keys))]

    def row(self, agreement: Agreement) -> BulkRow:
        key, version = str(agreement.public_id), agreement.pending
        parties = open_parties(agreement, rules.signer_of(self.actor, agreement))
        verdict: Verdict = rules.can_sign(self.actor, agreement)
        if verdict and len(parties) != 1:
            verdict = not_now(_("You sign this for more than one party. Open it to choose for which."))
        if len(parties) == 1:
            self.known[key] = (agreement.pk, parties[0].value)
        return BulkRow(
            key,
            agreement.placement.student.full_name,
            _what(agreement),
            verdict,
            str(version.pk) if version else "",
            agreement.get_absolute_url(),
        )

    def form(self) -> HaveRead:
        return HaveRead(self.sent)

    def says(self) -> Sequence[Text]:
        return [
            _("Read each agreement first. We note your name, the day and that you signed in just before.")
        ]

    def mails(self) -> Sequence[Text]:
        return [_("When everyone has signed an agreement, its parties get an email.")]

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        return service.sign(picked=picked, known=self.known, by=self.actor)

    def done(self, number: int) -> str:
        words = ngettext("%(number)d agreement signed", "%(number)d agreements signed", number)
        return words % {"number": number}

    def then(self) -> Text:
        return _("You get an email when everyone has signed.")


@require_http_methods(["GET", "HEAD", "POST"])
def agreements_ask(request: ActorRequest, school: str) -> HttpResponse:
    """Ask for the signatures under several agreements at once."""
    act = Ask(request.actor, teachers_school(request, school), request.GET.get("cohort", ""))
    return answer(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
def agreements_sign(request: ActorRequest) -> HttpResponse:
    """Sign several agreements at once; only for whoever signed in within the last five minutes."""
    if request.method == "POST" and not is_fresh_to_sign(request):
        return redirect(request.get_full_path())
    if DONE not in request.GET:
        require_fresh_to_sign(request)
    return answer(request, Sign(request.actor))
