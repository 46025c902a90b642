"""What is asked about a placement: who guides the student, and what its last day is when it ends early."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.limits import REASON
from placements.models import Placement, Supervisor
from ui.forms import PortalForm, narrow


class PlacementSupervisorForm(PortalForm):
    """Who guides the student: one of the employer's supervisors, or nobody yet."""

    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(), required=False, label=_("Work supervisor"), empty_label=_("Not known yet")
    )
    starts_on = forms.DateField(
        required=False,
        label=_("From which day"),
        help_text=_("Leave blank for today. Until that day the supervisor of now sees the learning plan."),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = placement.supervisor
        own = Supervisor.objects.running().filter(organisation=placement.organisation_id)
        own = own.filter(Q(ends_on=None) | Q(pk=current.pk if current else None))
        narrow(self, "supervisor", own.for_list())
        self.fields["supervisor"].initial = current.pk if current else None


class BreakOffForm(PortalForm):
    """The last day and the reason."""

    last_day = forms.DateField(label=_("Last day"))
    reason = forms.CharField(
        max_length=REASON,
        label=_("Reason"),
        help_text=_("The student, the employer and the school read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["last_day"]
        field.initial = today()
        if placement.starts_on > today():
            field.help_text = _("A day before the first day means that the placement does not go ahead.")
        else:
            field.help_text = _("Until that day the student works there, and the employer sees the plan.")
