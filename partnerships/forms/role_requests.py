"""The answer to a request for a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation
from partnerships.rules.memberships import roles_of
from ui.forms import PortalForm, choose_from


class GiveRoleForm(PortalForm):
    """Which role someone gets, of those that this kind of organisation has."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "role", [(role.value, role.label) for role in roles_of(organisation)])
