"""What a school may fill in about a student, in a form or in a file."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import name_in
from core import emails, versions
from core.dates import today, years_from
from programmes.models import Cohort
from students.models import Enrolment, Student
from students.queries.likeness import students_like
from students.queries.people import known_elsewhere
from students.rules.enrolments import OF_PERSON, OF_STUDENT, can_correct
from students.services.enrolments import NewStudent
from ui.editing import EditingMixin
from ui.fields import Pc4Field
from ui.formats import day
from ui.forms import EditForm, NameForm
from ui.likeness import LikenessMixin

YOUNGEST, OLDEST = 14, 100  # years: both of them are likely
WISHES = Enrolment._meta.get_field("wishes").max_length
EARLY = dt.timedelta(days=92)  # how long before the cohort's first day someone may start


@lru_cache(maxsize=2)  # a list asks it of every row
def likely_birthdays(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a student of a likely age on this day was born."""
    return years_from(day, -OLDEST), years_from(day, -YOUNGEST)


def check_birthday(day: dt.date) -> None:
    first, last = likely_birthdays(today())
    if not first <= day <= last:
        raise ValidationError(_("Check the date of birth: this would be a student of an unlikely age."))


def check_start(day: dt.date, cohort: Cohort) -> None:
    if not cohort.starts_on - EARLY <= day < cohort.ends_on:
        raise ValidationError(_("This day is outside the period of the cohort."))


class WishesForm(EditForm):
    """What a student would like in a training place."""

    wishes = forms.CharField(
        label=_("Where do you want to learn?"),
        help_text=_(
            "For example how far you want to travel, on which days, with whom you want to work. Nothing about health."
        ),
        max_length=WISHES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        kwargs["initial"] = {"wishes": enrolment.wishes}
        super().__init__(*args, over=versions.of(enrolment), **kwargs)


class EnrolmentForm(NameForm):
    """A new student in a cohort. No student number, no citizen service number: there is no field for them."""

    parts = {
        "first_name": _("Who the student is"),
        "town": _("Where the student lives"),
        "starts_on": _("In this cohort"),
    }

    email = emails.EmailFormField(
        label=_("Email address"), help_text=_("The invitation goes to this address.")
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("Under 18 the legal representative signs the agreement too."),
        validators=[check_birthday],
    )
    town = forms.CharField(label=_("Town where the student lives"), max_length=80)
    pc4 = Pc4Field()
    starts_on = forms.DateField(label=_("Starts on"), required=False)
    wishes = forms.CharField(
        label=_("Wishes for a training place"),
        help_text=_("For example the hours or the town. Nothing about health."),
        max_length=WISHES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        self.cohort = cohort
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = cohort.starts_on

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"] or self.cohort.starts_on
        check_start(day, self.cohort)
        return day

    def student(self) -> NewStudent:
        return NewStudent(**self.cleaned_data)


class NewEnrolmentForm(LikenessMixin, EnrolmentForm):
    """The same on a page: whether the school has this student already is asked first."""

    question = _("Is this the same person?")
    hint = _("Your school has a student with nearly this name and the same date of birth.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"first_name", "last_name", "email", "born_on"} <= set(data):
            found = students_like(
                school_id=self.cohort.programme.school_id,
                name=name_in(data).whole,
                email=data["email"],
                born_on=data["born_on"],
            )
            self.ask_which(found, _described, _("No, someone else"))
            self.hear()
        return data

    def answers(self) -> dict[str, Any]:
        """What the service wants to know."""
        known = self.same.pk if self.same else None
        return {**self.cleaned_data, "known": known, "seen": self.seen}


def _described(student: Student) -> str:
    """No more than what was typed, in the school's own spelling."""
    return f"{student.full_name}, {day(student.born_on)}"


STUDENT_FIELDS = ("first_name", "name_prefix", "last_name", "email", "born_on", "town", "pc4")


class EnrolmentEditForm(EditingMixin, EnrolmentForm):
    """Changes to an enrolment and, as far as they are for this school to write, to the student.

    `others` says who writes the rest, such as the student with an account the own name and address.
    """

    others: str | Promise = ""

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        student = enrolment.student
        self.enrolment = enrolment
        kwargs["initial"] = {
            name: getattr(student.person if name in OF_PERSON else student, name) for name in STUDENT_FIELDS
        } | {"wishes": enrolment.wishes}
        over = versions.of(enrolment, student, student.person)
        super().__init__(*args, cohort=enrolment.cohort, over=over, **kwargs)
        self.fields["starts_on"].initial = enrolment.starts_on
        school = enrolment.cohort.programme.school_id
        known = known_elsewhere(student, school)
        for fields in (OF_PERSON, OF_STUDENT):
            may = can_correct(fields, student, **known)
            if not may:
                self.others = may.reason
                for name in fields:
                    del self.fields[name]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        school = Student.objects.of_school(self.cohort.programme.school_id)
        if school.with_address(email).exclude(pk=self.enrolment.student_id).exists():
            raise ValidationError(_("This address belongs to another student of your school."))
        return email

    def clean_starts_on(self) -> dt.date:
        if self.cleaned_data["starts_on"] == self.enrolment.starts_on:
            return self.enrolment.starts_on
        return super().clean_starts_on()
