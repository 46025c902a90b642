"""The supervisor of a placement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.models import Placement, Supervisor
from ui.forms import PortalForm, narrow


class PlacementSupervisorForm(PortalForm):
    """Who guides the student: one of the employer's supervisors, or nobody yet."""

    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(), required=False, label=_("Work supervisor"), empty_label=_("Not known yet")
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Supervisor.objects.filter(organisation=placement.slot.organisation_id)
        narrow(self, "supervisor", own.order_by("name", "pk"))
        self.fields["supervisor"].initial = placement.supervisor_id
