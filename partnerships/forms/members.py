"""Members of a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import versions
from partnerships.enums import MemberRole
from partnerships.models import Member, Organisation, Partnership
from partnerships.queries.join_requests import can_be_invited
from ui.forms import EditForm, PortalForm


class InviteForm(PortalForm):
    """An organisation of the portal is asked to join."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = can_be_invited(partnership)


class MemberRoleForm(EditForm):
    """As what a member takes part."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": member.role}, over=versions.of(member), **kwargs)


class MemberStartForm(EditForm):
    """Since when a member takes part."""

    starts_on = forms.DateField(
        label=_("Takes part since"), required=False, help_text=_("Leave blank if nobody knows.")
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        initial = {"starts_on": member.starts_on}
        super().__init__(*args, initial=initial, over=versions.of(member), **kwargs)
