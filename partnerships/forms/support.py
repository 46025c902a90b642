"""Forms of administrators who open someone's account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.models.support import SHORTEST_REASON
from accounts.queries.people import meant_by
from core import emails
from core.limits import REASON
from partnerships.models import Membership
from ui.forms import PortalForm

MOST = 10


class SupportForm(PortalForm):
    """Whose account, and why. A name may be that of several: then they are shown, and one of them is chosen."""

    who = forms.CharField(
        label=gettext_lazy("Name or email address"),
        max_length=200,
        help_text=gettext_lazy("As the person gave it. You choose who it is before anything is opened."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=SHORTEST_REASON,
        max_length=REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The person reads this at once, in an email with your name."),
    )

    person = forms.ChoiceField(label=gettext_lazy("Who is it?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, Person] = {}
        if self.is_bound and (told := self.data.get("who", "").strip()[:200]):
            self.found = {str(person.public_id): person for person in _with_roles(told)[: MOST + 1]}
        if 0 < len(self.found) <= MOST:
            asked: Any = self.fields["person"]
            asked.choices = [(key, _label(person)) for key, person in self.found.items()]
        else:
            del self.fields["person"]

    def clean_who(self) -> str:
        """Refuse what leads to nobody, or to too many to choose from."""
        if not self.found:
            raise ValidationError(_("Nobody is known with this name or address."))
        if len(self.found) > MOST:
            raise ValidationError(_("Many people are known with this name. Fill in the email address."))
        return str(self.cleaned_data["who"])

    def subject(self) -> Person | None:
        """Who was chosen; None as long as nobody was, and then the page asks for it."""
        if asked := self.fields.get("person"):
            asked.required = True
        return self.found.get(self.cleaned_data.get("person", ""))


class OtherAddressForm(PortalForm):
    """The address that someone has, or has by now."""

    email = emails.EmailFormField(label=gettext_lazy("Email address"))


class ErasureForm(PortalForm):
    """The decision on a request for erasure. Nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("grant", gettext_lazy("Grant it: the data are erased tonight")),
            ("refuse", gettext_lazy("Refuse it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=SHORTEST_REASON,
        max_length=REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "The person reads this in an email. Name nobody: the reason stays when all else is erased."
        ),
    )

    def decision(self) -> dict[str, Any]:
        """What was chosen, for the service."""
        return {"granted": self.cleaned_data["answer"] == "grant", "reason": self.cleaned_data["reason"]}


def _with_roles(told: str) -> Any:
    running = Membership.objects.running().select_related("organisation").order_by("organisation__name", "pk")
    return meant_by(told).prefetch_related(Prefetch("memberships", running, to_attr="roles"))


def _label(person: Person) -> str:
    """A name with what tells two of one name apart, and no address: that is seen under a support act."""
    organisations = sorted({role.organisation.name for role in person.roles})  # type: ignore[attr-defined]  # prefetched above
    account = _("with account") if person.has_account else _("without account")
    return ", ".join([person.full_name, *organisations, account])
