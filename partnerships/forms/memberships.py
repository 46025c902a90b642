"""People of an organisation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms.people import SamePersonMixin, name_in, with_name
from core import emails, versions
from core.dates import today
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.forms.role_words import RoleSelect, offer_roles
from partnerships.models import Membership, Organisation
from partnerships.queries.leaving import Hanging
from partnerships.queries.people import with_roles_at
from partnerships.roles import MANDATED
from partnerships.rules.memberships import (
    can_take_on,
    daily_role_of,
    daily_roles_of,
    permits_last_day,
    roles_of,
    signs_agreements,
)
from ui.forms import EditForm, NameForm, PortalForm
from ui.languages import naming

MANY_APART = 3  # choices for one of several, before they fold
MAY_SIGN_LABEL = _("May sign practice agreements for this organisation")
MAY_CONSENT_LABEL = _("May agree to goals of own students")


class InvitationForm(SamePersonMixin, NameForm):
    """Who is asked, and for what; whether that is someone known there is asked first."""

    email = emails.EmailFormField(label=_("Email address"))
    role = forms.ChoiceField(label=_("Role"), widget=RoleSelect)
    may_sign = forms.BooleanField(label=MAY_SIGN_LABEL, required=False)
    may_consent = forms.BooleanField(
        label=MAY_CONSENT_LABEL, required=False, help_text=_("Only for work supervisors.")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        offer_roles(self.fields["role"], organisation)
        if Role.SUPERVISOR not in roles_of(organisation):
            del self.fields["may_consent"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if data.get("may_sign") and role and role not in MANDATED[MandateKind.SIGN]:
            self.add_error("may_sign", ValidationError(_("This role cannot sign agreements.")))
        if data.get("may_consent") and role and role not in MANDATED[MandateKind.CONSENT]:
            self.add_error("may_consent", ValidationError(_("Only work supervisors can be given this.")))
        if {"email", "first_name", "last_name"} <= set(data):
            among = with_roles_at(self.organisation.pk)
            self.ask_who(among=among, name=name_in(data), email=data["email"], words=described)
        return data

    def invitation(self) -> dict[str, Any]:
        """What the service wants to know."""
        return with_name(self.cleaned_data) | self.meant()


def described(person: Any) -> str:
    """What is seen of someone there (`with_roles_at`) by who writes people down."""
    roles = [Role(role).label for role in person.roles_there]
    return ", ".join([person.full_name, emails.shown(person.address), *map(str, roles)])


def _yes_or_no(**kwargs: Any) -> forms.TypedChoiceField:
    """A question that has no answer until someone gives one."""
    answers = [("yes", _("Yes")), ("no", _("No"))]
    return forms.TypedChoiceField(choices=answers, coerce="yes".__eq__, widget=forms.RadioSelect, **kwargs)


class FirstManagerForm(NameForm):
    """Who is to invite all others of an organisation; whoever is alone there gets all that is needed at once."""

    email = emails.EmailFormField(label=_("Email address"))
    works_daily = _yes_or_no(
        help_text=_("Choose yes when someone is alone there. A manager can change it later.")
    )
    may_sign = _yes_or_no(
        label=_("Does this person sign practice agreements for this organisation?"),
        help_text=_("Managers decide who signs, but nobody gives this right to themselves."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = daily_role_of(organisation).label
        self.fields["works_daily"].label = _("Does this person also get the role “%(role)s”?") % {
            "role": role
        }
        if not signs_agreements(organisation):
            del self.fields["may_sign"]

    def invitation(self) -> dict[str, Any]:
        """What the service wants to know."""
        return with_name(self.cleaned_data)


class TakeOnForm(PortalForm):
    """What a manager does oneself besides: of the roles for the daily work those that one has not."""

    roles = forms.TypedMultipleChoiceField(
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        label=_("What do you do yourself?"),
        help_text=_("In a small organisation one person may do everything."),
    )

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["roles"]
        open_roles = [
            role
            for role in daily_roles_of(organisation)
            if self.is_bound or can_take_on(actor, organisation, role)  # the button a second time
        ]
        choice.choices = [(role.value, role.label) for role in open_roles]


class EndRoleForm(PortalForm):
    """The last day, and who takes over what hangs on it; what is left to nobody becomes a task of those who go on."""

    last_day = forms.DateField(
        required=False,
        label=_("Last day"),
        help_text=_("Leave blank for today. Until that day the role gives what it gives now."),
    )

    def __init__(self, *args: Any, hanging: Sequence[Hanging], membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.keys = [one.key for one in hanging if one.key and one.successors]
        for one in hanging:
            if one.key in self.keys:
                self.fields[one.key] = forms.TypedChoiceField(
                    choices=[("", one.otherwise or _("Nobody yet")), *one.successors],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    label=naming(one.label, one.thing),
                )
        asked = [one for one in hanging if one.key in self.keys]
        apart = [at for at, one in enumerate(asked) if one.otherwise]  # they follow each other
        if len(apart) >= MANY_APART:
            title = _("Someone else for one of these %(number)d") % {"number": len(apart)}
            self.folds = {asked[apart[0]].key: title} | {one.key: "" for one in asked[apart[-1] + 1 :][:1]}

    def clean_last_day(self) -> date | None:
        """A day on which this role can end; None for today."""
        day: date | None = self.cleaned_data["last_day"]
        if not (verdict := permits_last_day(self.membership, day)):
            raise forms.ValidationError(str(verdict.reason))
        return None if day == today() else day

    def successors(self) -> dict[str, int]:
        """The role that takes over what stands under each key, 0 for nobody; without what follows another choice."""
        chosen = {key: self.cleaned_data[key] for key in self.keys}
        return {key: value for key, value in chosen.items() if value is not None}


class MandatesForm(EditForm):
    """What someone may do besides the role: what the role can carry, and of one's own only what there is to give up."""

    LABELS = {MandateKind.SIGN: MAY_SIGN_LABEL, MandateKind.CONSENT: MAY_CONSENT_LABEL}

    def __init__(self, *args: Any, membership: Membership, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, over=versions.of(membership), **kwargs)
        for kind, label in self.LABELS.items():
            has_it = kind in membership.may
            if membership.role in MANDATED[kind] and (has_it or not is_own):
                self.fields[kind.value] = forms.BooleanField(label=label, required=False, initial=has_it)

    def kinds(self) -> set[MandateKind]:
        """The mandates that were ticked."""
        return {kind for kind in MandateKind if self.cleaned_data.get(kind.value)}
