"""The cooperation agreement of a partnership: its text, who signs it, what was promised, and a signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise as Lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.text import LONGEST_WHOLE_NAME
from partnerships.models import CooperationVersion, Promise
from partnerships.models.cooperation import MOST_PROMISES
from partnerships.queries.organisations import members_of
from partnerships.rules.cooperation import is_of_the_past
from partnerships.rules.days import is_near
from partnerships.services.cooperation import Promised
from ui.forms import ChoicesOf, PortalForm, PortalModelForm, offer

NEW_ROWS = 3  # empty promises below those that stand there
KNOWN, NEW = "promise_", "new_"  # begin the names of the fields of a promise
NEEDED = _("Needed if you fill in who promises it or by when.")
EMPTIED = _("Empty this to remove the promise.")


class CooperationForm(PortalModelForm):
    """A draft: the vision and the days, which members sign, and the promises; one that is emptied goes."""

    parties = ChoicesOf(
        label=_("Which organisations sign"),
        required=False,
        help_text=_("Choose the members that bind themselves to this: two at least."),
    )

    class Meta:
        model = CooperationVersion
        fields = ("vision", "starts_on", "ends_on")
        help_texts = {"vision": _("What you want to achieve together, and why.")}

    def __init__(self, *args: Any, base: CooperationVersion | None = None, **kwargs: Any) -> None:
        """`base` is the version whose text a new one begins with."""
        super().__init__(*args, **kwargs)
        self.parts = {"vision": _("What you want together"), "parties": _("Who signs")}
        self.folds: dict[str, str | Lazy] = {}
        self.sometimes: list[str] = []
        is_new = self.instance.pk is None
        text = base if is_new else self.instance
        self._offer(text)
        if is_new and base is not None:
            self._begin_with(base)
        rows = list(Promise.objects.for_list().filter(version=text)) if text else []
        for number, row in enumerate(rows, start=1):
            name = f"{NEW}{number}" if is_new else f"{KNOWN}{row.pk}"
            if (
                not self.is_bound or self.add_prefix(f"{name}_text") in self.data
            ):  # else someone else added it meanwhile
                self._ask_promise(name, number, row)
        first = len(rows) + 1 if is_new else 1
        for turn in range(min(NEW_ROWS, MOST_PROMISES - len(rows))):
            self._ask_promise(f"{NEW}{first + turn}", len(rows) + turn + 1, None, folded=turn > 0)

    def _offer(self, text: CooperationVersion | None) -> None:
        """The members of today, and who stands in the text already."""
        rows = {one.pk: one for one in members_of(self.instance.partnership)}
        signing = [party.organisation for party in text.parties.for_list()] if text else []
        if self.instance.pk:
            rows |= {one.pk: one for one in signing}
        self.organisations = rows
        offer(self, "parties", rows.values())
        self.initial["parties"] = [one.pk for one in signing if one.pk in rows]

    def _begin_with(self, base: CooperationVersion) -> None:
        for name in self._meta.fields or ():
            if name != "starts_on":  # it begins when it is agreed anew
                self.initial[name] = getattr(base, name)

    def _ask_promise(self, name: str, number: int, row: Promise | None, *, folded: bool = False) -> None:
        heading = {f"{name}_text": format_lazy(_("Promise {number}"), number=number)}
        if folded:
            self.folds |= heading
        else:
            self.parts = {**self.parts, **heading}
        if name.startswith(NEW):
            self.sometimes.append(f"{name}_text")
        by = row.organisation_id if row and row.organisation_id in self.organisations else ""
        who: list[tuple[str, str | Lazy]] = [("", _("everyone who signs"))]
        who += [(str(key), one.name) for key, one in self.organisations.items()]
        self.fields[f"{name}_text"] = forms.CharField(
            label=_("What is promised"),
            max_length=400,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=row.text if row else "",
            help_text=NEEDED if name.startswith(NEW) else EMPTIED,
        )
        self.fields[f"{name}_organisation"] = forms.ChoiceField(
            label=_("Who promises it"), choices=who, required=False, initial=str(by)
        )
        self.fields[f"{name}_due_on"] = forms.DateField(
            label=_("By when"), required=False, initial=row.due_on if row else None
        )

    def _names(self) -> Iterator[str]:
        """The promises that are asked, by how their fields begin."""
        for name in self.fields:
            if name.endswith("_text") and name.startswith((KNOWN, NEW)):
                yield name.removesuffix("_text")

    def clean_ends_on(self) -> Any:
        """The year may be mistyped."""
        return self._near("ends_on")

    def _near(self, name: str) -> Any:
        day = self.cleaned_data[name]
        verdict = is_near(day)
        if not verdict:
            raise ValidationError(str(verdict.reason))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self._names():
            rest = data.get(f"{name}_organisation") or data.get(f"{name}_due_on")
            if rest and not data.get(f"{name}_text") and name.startswith(NEW):
                self.add_error(f"{name}_text", _("Write what is promised, or empty the other two."))
            verdict = is_near(data.get(f"{name}_due_on"))
            if not verdict:
                self.add_error(f"{name}_due_on", str(verdict.reason))
        return data

    def said(self) -> dict[str, Any]:
        """What the service wants to know."""
        data = self.cleaned_data
        promises = [
            Promised(
                text=data[f"{name}_text"].strip(),
                organisation_id=int(data[f"{name}_organisation"] or 0) or None,
                due_on=data[f"{name}_due_on"],
                pk=int(name.removeprefix(KNOWN)) if name.startswith(KNOWN) else None,
            )
            for name in self._names()
        ]
        return {"parties": [one.pk for one in data["parties"]], "promises": promises}


class SignForm(PortalForm):
    """A manager signs for the own organisation."""

    function = forms.CharField(
        label=_("Your position"),
        max_length=120,
        help_text=_("It is shown next to your name, for instance “director”."),
    )


class RecordForm(PortalForm):
    """A signature that stands on paper."""

    function = forms.CharField(
        label=_("Position of who signed"), max_length=120, help_text=_("As it stands on paper.")
    )
    name = forms.CharField(
        label=_("Name of who signed"),
        max_length=LONGEST_WHOLE_NAME,
        required=False,
        help_text=_("Leave blank to show the position alone."),
    )
    signed_on = forms.DateField(label=_("Signed on"))

    def clean_signed_on(self) -> Any:
        """It is over, and the year was not mistyped."""
        day = self.cleaned_data["signed_on"]
        verdict = is_of_the_past(day)
        if verdict and day.year < today().year - 50:
            raise ValidationError(_("This date is too far away. Check the year."))
        if not verdict:
            raise ValidationError(str(verdict.reason))
        return day
