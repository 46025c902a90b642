"""Members of a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.enums import MemberRole
from partnerships.models import Organisation, Partnership
from partnerships.queries.organisations import strangers_to
from ui.forms import PortalForm


class MemberForm(PortalForm):
    """An organisation of the portal joins."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": MemberRole.MEMBER})
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = strangers_to(partnership)


class MemberRoleForm(PortalForm):
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)
