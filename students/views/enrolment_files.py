"""Many students at once: hand in a file, see what is in it, confirm."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.forms.enrolments import RowQuestionForm
from students.imports import enrolments as reader
from students.imports.enrolments import CheckedFile, check_file
from students.models import Enrolment
from students.queries.cohorts import free_seats
from students.rules import enrolments as rules
from students.services import enrolments as service
from students.services.enrolments import NewStudent
from students.views.guards import taught_cohort_or_404
from ui.acts import attempt, number_read, refused
from ui.uploads import CHANGED, RUN_OUT, CsvUploadForm, HeldFileForm


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_import(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Check a file and show what it would do; nothing is written yet."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("students:cohort-detail", school, group.public_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CsvUploadForm(*sent, most_bytes=reader.MOST_BYTES)
    if request.method != "POST" or not form.is_valid():
        return _page(request, group, CheckedFile(), form=form)
    content = form.cleaned_data["file"].read()
    checked = check_file(reader.read_students(content), group)
    held = None if checked.errors else HeldFileForm.holding(content, salt=_salt(request, group))
    return _page(request, group, checked, form=form, held=held, questions=_questions(checked))


@require_POST
def enrolment_commit(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Enrol whom the check found new, neither more nor fewer. A second time nobody is new, and that is what is said."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("students:cohort-detail", school, group.public_id)
    form = HeldFileForm(request.POST, salt=_salt(request, group))
    if not form.is_valid():
        messages.error(request, RUN_OUT)
        return redirect("students:enrolment-import", school, group.public_id)
    checked = check_file(reader.read_students_text(form.cleaned_data["held"]), group)
    questions = _questions(checked, request.POST)
    is_answered = all(question.is_valid() for question in questions.values())
    students = _answered(checked, questions) if is_answered else []
    if is_answered and not students and not checked.errors and (checked.known or checked.rows):
        messages.info(request, _("Your school knows everyone in this file already. Nothing has changed."))
        return redirect("students:cohort-detail", school, group.public_id)
    if checked.errors or len(checked.rows) != number_read(request.POST.get("new", "")):
        messages.error(request, CHANGED)
        return redirect("students:enrolment-import", school, group.public_id)
    if not is_answered:
        again = CsvUploadForm(most_bytes=reader.MOST_BYTES)
        return _page(request, group, checked, form=again, held=form, questions=questions)
    skipped = len(checked.known) + len(checked.rows) - len(students)
    done = _enrol(request, group, students, skipped)
    return redirect(f"students:{'cohort-detail' if done else 'enrolment-import'}", school, group.public_id)


@require_safe
def enrolment_template(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """An empty file with the header and an example."""
    taught_cohort_or_404(request, school, cohort)
    response = HttpResponse(reader.empty_file(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="studenten.csv"'
    return response


def _enrol(request: ActorRequest, group: Cohort, students: list[NewStudent], skipped: int) -> bool:
    act = partial(service.enrol_all, cohort_id=group.pk, students=students, by=request.actor)
    done = attempt(request, act, partial(_say_enrolled, request))
    if done and skipped:
        messages.info(request, _say_known(skipped))
    return done


def _page(
    request: ActorRequest,
    group: Cohort,
    checked: CheckedFile,
    *,
    form: CsvUploadForm,
    held: HeldFileForm | None = None,
    questions: dict[int, RowQuestionForm] | None = None,
) -> HttpResponse:
    """The page with what was found in the file, and what is asked about it."""
    free = free_seats(group)
    context: dict[str, Any] = {"space": "teacher", "school": group.programme.school, "cohort": group}
    context |= {"form": form, "free": free, "columns": list(reader.COLUMNS)}
    context |= {"errors": checked.errors, "error_count": len(checked.errors), "rows": []}
    if not checked.errors:
        context |= {"known": checked.known, "rows": checked.rows, "students": checked.students}
        context |= {"questions": list((questions or {}).values()), "held": held}
        context["waiting"] = max(0, len(checked.rows) - free)
    return render(request, "students/enrolments/import.html", context)


def _questions(checked: CheckedFile, sent: QueryDict | None = None) -> dict[int, RowQuestionForm]:
    """What is asked, by line."""
    return {
        row.line: RowQuestionForm(sent, line=row.line, student=row.student, like=row.like)
        for row in checked.questions
    }


def _answered(checked: CheckedFile, questions: dict[int, RowQuestionForm]) -> list[NewStudent]:
    """Whom to enrol, in the order of the file: of whoever turns up now and was not shown, the service asks first."""
    found = [
        questions[row.line].answer if row.line in questions else replace(row.student, seen=frozenset())
        for row in checked.rows
    ]
    return [student for student in found if student is not None]


def _salt(request: ActorRequest, cohort: Cohort) -> str:
    return f"students:{cohort.pk}:{request.actor.person_id}"


def _say_known(number: int) -> str:
    text = ngettext(
        "%(count)d student whom your school knows already was left as is.",
        "%(count)d students whom your school knows already were left as they are.",
        number,
    )
    return text % {"count": number}


def _say_enrolled(request: ActorRequest, rows: list[Enrolment]) -> str:
    """How many have a seat; who came on the waiting list is said as a warning of its own."""
    enrolled = sum(row.state == EnrolmentState.ENROLLED for row in rows)
    waiting = len(rows) - enrolled
    if waiting:
        text = ngettext(
            "The cohort is full: %(count)d student is on the waiting list.",
            "The cohort is full: %(count)d students are on the waiting list.",
            waiting,
        )
        messages.warning(request, text % {"count": waiting})
    if not enrolled:
        return ""
    text = ngettext(
        "%(count)d student is enrolled and gets a mail.",
        "%(count)d students are enrolled and get a mail.",
        enrolled,
    )
    return text % {"count": enrolled}
