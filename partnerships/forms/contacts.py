"""What people show of themselves, and who is named as point of contact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import emails
from partnerships.models import ContactCard, Membership
from partnerships.models.memberships import MembershipQuerySet
from ui.forms import PortalForm, PortalModelForm, PublicChoice
from ui.languages import Stored


class CardForm(PortalModelForm):
    """To whom one shows phone number, address, and what one can be asked."""

    as_it_is = ("show_line", "show_phone", "show_email")  # who never chose shows what is usual

    class Meta:
        model = ContactCard
        fields = ("line", "show_line", "show_phone", "show_email")
        widgets = dict.fromkeys(("show_line", "show_phone", "show_email"), forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].help_text = _(
            "For example: plans training places, reached on Monday and Tuesday."
        )
        if person.phone:
            self.fields["show_phone"].help_text = person.phone
        else:  # asked once there is one
            del self.fields["show_phone"]
        self.fields["show_email"].help_text = emails.shown(person.address)


class _MembershipChoice(PublicChoice):
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.person.full_name}, {obj.get_role_display()}, {obj.organisation.name}"


class NameContactForm(PortalForm):
    """Whom people can ask, and about what."""

    of = forms.ChoiceField(label=_("About"))
    membership = _MembershipChoice(
        queryset=Membership.objects.none(), label=_("Who"), empty_label=_("Choose …")
    )

    def __init__(self, *args: Any, things: Iterable[Any], people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = {f"{thing._meta.model_name}-{thing.pk}": thing for thing in things}
        if len(self.things) == 1:
            del self.fields["of"]
        else:
            options = [(key, Stored(thing)) for key, thing in self.things.items()]
            self.fields["of"].choices = [("", _("Choose …")), *options]  # type: ignore[attr-defined]  # a field of choices
        self.fields["membership"].queryset = people  # type: ignore[attr-defined]  # a field of rows
        self.fields["membership"].help_text = _("This person is asked by email, and can say no.")

    def named(self) -> dict[str, Any]:
        """What the service wants to know."""
        chosen = self.cleaned_data.get("of") or next(iter(self.things))
        return {"of": self.things[chosen], "membership": self.cleaned_data["membership"]}


class AgreeForm(PortalForm):
    """What visitors without an account see besides the name."""

    shows_phone = forms.BooleanField(required=False)
    shows_email = forms.BooleanField(required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows_email"].label = format_lazy(
            _("Show my email address to everyone: {email}"), email=emails.shown(person.address)
        )
        if person.phone:
            self.fields["shows_phone"].label = format_lazy(
                _("Show my phone number to everyone: {phone}"), phone=person.phone
            )
        else:
            del self.fields["shows_phone"]

    def shown(self) -> dict[str, bool]:
        """What the service wants to know."""
        return {name: bool(self.cleaned_data.get(name)) for name in ("shows_phone", "shows_email")}
