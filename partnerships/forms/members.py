"""Members of a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.enums import MemberRole
from partnerships.models import Member, Organisation, Partnership
from ui.forms import PortalForm


class MemberForm(PortalForm):
    """An organisation of the portal joins."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": MemberRole.MEMBER})
        super().__init__(*args, **kwargs)
        members = Member.objects.running().filter(partnership=partnership).values("organisation")
        choice: Any = self.fields["organisation"]
        choice.queryset = Organisation.objects.exclude(pk__in=members).order_by("name", "pk")


class MemberRoleForm(PortalForm):
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)
