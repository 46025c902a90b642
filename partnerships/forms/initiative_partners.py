"""Who is invited to an initiative, and what an organisation does in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Initiative, InitiativePartner, Organisation
from partnerships.queries.initiative_partners import can_be_invited, speakers_of
from ui.forms import PortalForm, PortalModelForm, narrow


class InviteForm(PortalForm):
    """One of the members that do not take part yet."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "organisation", can_be_invited(initiative))


class PartnerForm(PortalModelForm):
    """What an organisation does here, and whom one asks there."""

    class Meta:
        model = InitiativePartner
        fields = ("role", "contact")
        help_texts = {
            "role": _("For example: leads it, plans the guidance, offers the night shifts."),
            "contact": _("Only those who work on this initiative see this name."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "contact", speakers_of(self.instance.organisation_id))
