"""The steps of offering a place, and the small forms around a slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.models import Location, Member, Organisation, Partnership
from placements.enums import Setting, Visibility
from placements.models import Slot, Supervisor
from programmes.enums import Route, Weekday
from programmes.models import Qualification
from ui.forms import ChoiceOf, ChoicesOf, PortalForm, offer

MOST_SEATS = 500
LONGEST_PERIOD = timedelta(days=6 * 366)


def _text(slot_field: str, **kwargs: Any) -> forms.CharField:
    """As long as the column is."""
    column: Any = Slot._meta.get_field(slot_field)
    return forms.CharField(max_length=column.max_length, **kwargs)


class PlaceForm(PortalForm):
    """Step 1: what, where, how many, when. As a draft it may still lack the programme."""

    title = _text(
        "title", label=_("Name of the workplace"), help_text=_("For example: ward De Linde, Molenhof.")
    )
    partnership = ChoiceOf(label=_("Partnership"))
    qualifications = ChoicesOf(
        label=_("For which programme"), error_messages={"required": _("Choose at least one programme.")}
    )
    route = forms.ChoiceField(choices=Route, label=_("Learning route"), initial=Route.BBL)
    location = ChoiceOf(label=_("Location"))
    setting = forms.ChoiceField(choices=Setting, label=_("Kind of workplace"), initial=Setting.NURSING_HOME)
    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS, initial=1, label=_("Number of places"))
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    weekdays = forms.TypedMultipleChoiceField(
        choices=Weekday,
        coerce=int,
        label=_("Working days"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave it open when the days are not fixed."),
    )
    hours_per_week = forms.IntegerField(min_value=1, max_value=40, required=False, label=_("Hours a week"))

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        slot: Slot | None = None,
        as_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualifications"].required = not as_draft
        partnerships = list(partnerships_of(organisation, slot))
        offer(self, "partnership", partnerships)
        offer(self, "location", locations_of(organisation, slot))
        offer(self, "qualifications", qualifications_for(partnerships, slot))
        self.fields["seats"].widget.attrs["class"] = "input input--num"
        self.fields["hours_per_week"].widget.attrs["class"] = "input input--num"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on:
            self._check_period(starts_on, ends_on)
        return data

    def _check_period(self, starts_on: date, ends_on: date) -> None:
        if ends_on <= starts_on:
            self.add_error("ends_on", _("The last day must be after the first day."))
        elif ends_on < today():
            self.add_error("ends_on", _("This period is over. Choose a last day that is still to come."))
        elif ends_on - starts_on > LONGEST_PERIOD:
            self.add_error("ends_on", _("A place lasts six years at most. Check the year."))


class GuidanceForm(PortalForm):
    """Step 2: who guides, how much, and what a student learns."""

    supervisor = ChoiceOf(label=_("Work supervisor"), required=False, empty_label=_("Not known yet"))
    new_name = forms.CharField(
        max_length=120,
        required=False,
        label=_("Name of a new supervisor"),
        help_text=_("Not in the list? Fill in name and e-mail address; an account is not needed."),
    )
    new_email = forms.EmailField(required=False, label=_("E-mail address of the new supervisor"))
    supervision_hours = forms.IntegerField(
        min_value=0, max_value=40, required=False, label=_("Hours of guidance a week")
    )
    tasks = _text(
        "tasks",
        label=_("What does a student do here"),
        required=False,
        help_text=_("The work in a few words. Write nothing about clients."),
    )
    learns = _text(
        "learns",
        label=_("What does a student learn here"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Supervisor.objects.filter(organisation=organisation)
        offer(self, "supervisor", own.order_by("name", "pk"))
        self.fields["supervision_hours"].widget.attrs["class"] = "input input--num"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, email = data.get("new_name"), data.get("new_email")
        if name and not email and "new_email" not in self.errors:
            self.add_error("new_email", _("Fill in the e-mail address of the new supervisor."))
        if email and not name and "new_name" not in self.errors:
            self.add_error("new_name", _("Fill in the name of the new supervisor."))
        if name and data.get("supervisor"):
            self.add_error("supervisor", _("Choose someone from the list or add someone, not both."))
        return data


class ReachForm(PortalForm):
    """Who may find a place; named partners are members of its partnership."""

    visibility = forms.ChoiceField(
        choices=Visibility,
        widget=forms.RadioSelect,
        label=_("Who may find this place"),
        initial=Visibility.PARTNERSHIP,
    )
    partners = ChoicesOf(
        label=_("Named partners"),
        required=False,
        help_text=_("Only if you chose named partners."),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, partnership: Partnership | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.running().filter(partnership=partnership).exclude(organisation=organisation)
        known = Organisation.objects.filter(pk__in=members.values("organisation"))
        offer(self, "partners", known.order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("visibility") == Visibility.NAMED and not data.get("partners"):
            self.add_error("partners", _("Choose at least one partner who may find this place."))
        return data


# What an employer can choose from; what a place has already stays possible.


def partnerships_of(organisation: Organisation, slot: Slot | None = None) -> Any:
    member = Member.objects.running().filter(organisation=organisation).values("partnership")
    return Partnership.objects.filter(
        Q(pk__in=member) | Q(pk=slot.partnership_id if slot else None)
    ).order_by("name", "pk")


def locations_of(organisation: Organisation, slot: Slot | None = None) -> Any:
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
