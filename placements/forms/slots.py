"""The steps of offering a slot, and who may find it.

Words, lengths, limits and choices come from the model. A step names its fields in STEP_FIELDS; the wizard, the summary,
the written row and its copies follow from that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import SamePersonMixin
from accounts.services.people import Name
from core import emails
from core.dates import today
from core.weeks import minutes_a_week
from partnerships.forms.memberships import described
from partnerships.models import Location, Member, Organisation, Partnership
from partnerships.models.organisations import LocationQuerySet
from partnerships.models.partnerships import PartnershipQuerySet
from partnerships.queries.people import with_roles_at
from placements.enums import Visibility
from placements.models import Placement, Slot, Supervisor
from placements.rules.placements import permits_last_day
from placements.services.slots import NO_PARTNER
from programmes.models import Qualification
from ui.fields import WholeNameField
from ui.formats import day
from ui.forms import ChoiceOf, ChoicesOf, PortalModelForm, ReasonForm, offer
from ui.hours import WeekField

FURTHEST_START = timedelta(days=5 * 366)
MOST_HOURS = 40  # a week
LONGEST_PERIOD = timedelta(days=6 * 366)
PLACE, GUIDANCE, CHECK = "plek", "begeleiding", "controleren"  # the steps, by their names in the address
STEP_FIELDS = {
    PLACE: (
        "title",
        "partnership",
        "qualifications",
        "route",
        "location",
        "setting",
        "seats",
        "max_open",
        "starts_on",
        "ends_on",
        "week",
        "hours_per_week",
    ),
    GUIDANCE: ("supervisor", "supervision_hours", "tasks", "learns"),
    CHECK: ("visibility", "partners"),
}
LIMITS = {MinValueValidator: "min_value", MaxValueValidator: "max_value"}


def form_field(column: Any, **asked: Any) -> forms.Field:
    """The form field of a column, for a step.

    A link to other rows becomes a choice of rows that are loaded once (`offer`), a list of numbers the hours of each
    day, and the limits of a number stand in the field: the model does not check a step, since it writes no row.
    """
    usual = {"label": capfirst(column.verbose_name), "required": not column.blank, **asked}
    if isinstance(column, models.ForeignKey):
        return ChoiceOf(**usual)
    if isinstance(column, models.ManyToManyField):
        return ChoicesOf(**usual)
    if isinstance(column, ArrayField):
        return WeekField(**usual)
    field: forms.Field = column.formfield(
        **asked, **{LIMITS[type(one)]: one.limit_value for one in column.validators if type(one) in LIMITS}
    )
    if isinstance(field, forms.IntegerField):
        field.widget.attrs["class"] = "input input--num"
    return field


class SlotStepForm(PortalModelForm):
    """The fields of one step; what is answered is kept in the session and written once, at the end."""

    def _post_clean(self) -> None:
        """Do not build a row of the answers, as Django would: that looks up every link again, one by one."""


class PlaceForm(SlotStepForm):
    """Step 1: what, where, how many, when. As a draft it may still lack the programme."""

    parts = {
        "title": _("What it is"),
        "location": _("Where, and for how many students"),
        "starts_on": _("When"),
    }

    class Meta:
        model = Slot
        fields = STEP_FIELDS[PLACE]
        formfield_callback = form_field
        labels = {"partnership": _("Partnership")}
        help_texts = {
            "title": _("For example: De Linde ward, Molenhof."),
            "week": _("Leave blank if the days vary, and fill in the hours a week."),
            "hours_per_week": _("Only when the days vary. Otherwise fill in the days."),
            "max_open": _(
                "How many students may be proposed to you while you have not answered. "
                "Leave blank for two for each training place."
            ),
        }
        error_messages = {"qualifications": {"required": _("Choose at least one programme.")}}

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        slot: Slot | None = None,
        as_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=slot, **kwargs)
        self.fields["qualifications"].required = not as_draft
        partnerships = list(partnerships_of(organisation, slot))
        offer(self, "partnership", partnerships)
        offer(self, "location", locations_of(organisation, slot))
        offer(self, "qualifications", qualifications_for(partnerships, slot))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on:
            self._check_period(starts_on, ends_on)
        if data.get("week"):
            self._check_hours(data, minutes_a_week(data["week"]))
        return data

    def _check_hours(self, data: dict[str, Any], minutes: int) -> None:
        """The days say how many hours a week it is; the number that was there gives way to them."""
        typed = data.get("hours_per_week")
        if minutes > MOST_HOURS * 60:
            self.add_error("week", _("That is more than 40 hours a week. Check the numbers."))
        elif typed and typed * 60 != minutes and typed != self.initial.get("hours_per_week"):
            self.add_error("hours_per_week", _("The days add up to something else. Fill in one of the two."))
        else:
            data["hours_per_week"] = None

    def _check_period(self, starts_on: date, ends_on: date) -> None:
        if ends_on <= starts_on:
            self.add_error("ends_on", _("The last day must be after the first day."))
        elif ends_on < today():
            self.add_error("ends_on", _("This period is over. Choose a last day that is still to come."))
        elif starts_on > today() + FURTHEST_START:
            self.add_error("starts_on", _("This date is too far away. Check the year."))
        elif ends_on - starts_on > LONGEST_PERIOD:
            self.add_error("ends_on", _("A training place lasts six years at most. Check the year."))


class GuidanceForm(SamePersonMixin, SlotStepForm):
    """Step 2: who guides, how much, and what a student learns; of a new name is asked whether it is someone known."""

    sometimes = ("new_name", "new_email")

    new_name = WholeNameField(
        required=False,
        label=_("Name of a new supervisor"),
        help_text=_("Not in the list? Fill in name and email address; an account is not needed."),
    )
    new_email = emails.EmailFormField(
        required=False,
        label=_("Email address of the new supervisor"),
        help_text=_("Needed with the name of a new supervisor."),
    )
    field_order = ("supervisor", "new_name", "new_email")
    address_field = "new_email"

    class Meta:
        model = Slot
        fields = STEP_FIELDS[GUIDANCE]
        formfield_callback = form_field
        widgets = {"tasks": forms.Textarea({"rows": 3})}  # of an example it is longer than a line
        help_texts = {"tasks": _("The work in a few words. Write nothing about clients.")}

    def __init__(
        self, *args: Any, organisation: Organisation, slot: Slot | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=slot, **kwargs)
        self.organisation = organisation
        own = Supervisor.objects.staying().filter(organisation=organisation).for_list()
        offer(self, "supervisor", own, empty_label=_("Not known yet"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, email = data.get("new_name"), data.get("new_email")
        if name and not email and "new_email" not in self.errors:
            self.add_error("new_email", _("Fill in the email address of the new supervisor."))
        if email and not name and "new_name" not in self.errors:
            self.add_error("new_name", _("Fill in the name of the new supervisor."))
        if name and data.get("supervisor"):
            self.add_error("supervisor", _("Choose someone from the list or add someone, not both."))
        if name and email:
            among = with_roles_at(self.organisation.pk)
            self.ask_who(among=among, name=Name.of(name), email=email, words=described)
        return data


class ReachForm(SlotStepForm):
    """Who may find a slot; named partners are members of its partnership."""

    sometimes = ("partners",)

    class Meta:
        model = Slot
        fields = STEP_FIELDS[CHECK]
        formfield_callback = form_field
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {"partners": _("Only if you chose named partners.")}

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        partnership: Partnership | None,
        slot: Slot | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=slot, **kwargs)
        members = Member.objects.running().filter(partnership=partnership).exclude(organisation=organisation)
        known = Organisation.objects.filter(pk__in=members.values("organisation"))
        offer(self, "partners", known.order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("visibility") == Visibility.NAMED and not data.get("partners"):
            self.add_error("partners", NO_PARTNER)
        return data


# What an employer can choose from. What the slot has now can be kept, also when it is no longer on offer.


def partnerships_of(organisation: Organisation, slot: Slot | None = None) -> PartnershipQuerySet:
    """Partnerships in which the employer takes part."""
    member = Member.objects.running().filter(organisation=organisation).values("partnership")
    return Partnership.objects.filter(
        Q(pk__in=member) | Q(pk=slot.partnership_id if slot else None)
    ).order_by("name", "pk")


class CloseForm(ReasonForm):
    """Why a place closes, and for each student on it a last day; whoever has none stays."""

    def __init__(self, *args: Any, staying: Sequence[Placement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staying = {f"last_day_{row.pk}": row for row in staying}
        for name, row in self.staying.items():
            until = {"student": row.student.first_name, "day": day(row.ends_on)}
            self.fields[name] = forms.DateField(
                required=False,
                label=format_lazy(_("Last day of {student}"), student=row.student.full_name),
                help_text=format_lazy(_("Leave blank: {student} stays until {day}."), **until),
            )
        self.order_fields([*self.staying, "reason"])

    def clean(self) -> dict[str, Any]:
        """Each last day lies in the period of its student."""
        cleaned = super().clean() or {}
        for name, row in self.staying.items():
            last_day = cleaned.get(name)
            if last_day and not (verdict := permits_last_day(row, last_day)):
                self.add_error(name, str(verdict.reason))
        return cleaned

    def leaving(self) -> dict[int, date]:
        """The last day of whoever leaves, by the key of the placement."""
        chosen = {row.pk: self.cleaned_data.get(name) for name, row in self.staying.items()}
        return {pk: last_day for pk, last_day in chosen.items() if last_day}


def locations_of(organisation: Organisation, slot: Slot | None = None) -> LocationQuerySet:
    """Locations of the employer that are open."""
    own = Location.objects.filter(organisation=organisation)
    return own.filter(Q(pk__in=own.open()) | Q(pk=slot.location_id if slot else None)).order_by("name", "pk")


def qualifications_for(
    partnerships: Collection[Partnership], slot: Slot | None = None
) -> Iterable[Qualification]:
    """The crebos of programmes in these partnerships; all valid ones where there is no programme yet."""
    everything = Qualification.objects.distinct().order_by("name", "crebo", "pk")
    kept = Q(slots=slot.pk) if slot else Q(pk=None)
    offered = list(everything.filter(Q(programmes__partnership__in=partnerships) | kept))
    valid = Q(file__valid_until__isnull=True) | Q(file__valid_until__gte=today())
    return offered or everything.filter(valid)
