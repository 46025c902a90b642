"""What every change of an agreement asks: from which day, why, and why fewer hours than the norm."""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import OPEN_VERSION, VersionKind
from agreements.models import Agreement, AgreementVersion
from agreements.queries import hours
from agreements.queries.readiness import OUTSIDE_ENROLMENT
from core.dates import today
from core.limits import REASON
from ui.forms import EditForm

USUAL_NOTICE = timedelta(days=14)  # time for everyone to sign
RECOUNTS = {VersionKind.PERIOD, VersionKind.HOURS, VersionKind.BREAK, VersionKind.EARLY_END}


class AmendForm(EditForm):
    """What every change asks. `agreed` is what changes; `source` the text on the page: that, or the change as it is."""

    kind: ClassVar[VersionKind]
    version = forms.IntegerField(widget=forms.HiddenInput)
    effective_from = forms.DateField(
        label=_("From"),
        help_text=_(
            "Leave time for everyone to sign. Signed later, it holds from the day of the last signature."
        ),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everyone who signs reads this. No medical details."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        agreement: Agreement,
        agreed: AgreementVersion,
        source: AgreementVersion,
        **kwargs: Any,
    ) -> None:
        self.agreement, self.agreed, self.source = agreement, agreed, source
        is_new = source.state not in OPEN_VERSION
        initial = self.filled_in() | {
            "version": source.pk,
            "effective_from": self._usual_day() if is_new else source.effective_from,
            "reason": "" if is_new else source.reason,
        }
        super().__init__(*args, initial=initial, over="" if is_new else source.digest, **kwargs)

    def _usual_day(self) -> date:
        return min(max(today() + USUAL_NOTICE, self.agreed.effective_from), self.agreed.ends_on)

    def filled_in(self) -> dict[str, Any]:
        """What the fields of this kind say now."""
        return {}

    def changed(self) -> dict[str, Any]:
        """The terms of this kind, from the cleaned fields."""
        raise NotImplementedError

    def terms(self) -> dict[str, Any]:
        """What `services.versions` takes as terms; the hours of each study year follow from them."""
        terms = self.changed()
        if self.kind in RECOUNTS:
            terms["hours_per_year"] = hours.recalculated(self.agreed, self._with(terms))
        return terms

    def about(self) -> dict[str, Any]:
        """From which day, and why."""
        return {"effective_from": self.cleaned_data["effective_from"], "reason": self.cleaned_data["reason"]}

    def _with(self, terms: dict[str, Any]) -> AgreementVersion:
        """The agreed text with these terms, to count with."""
        changed = copy(self.agreed)
        for name, value in terms.items():
            setattr(changed, name, value)
        changed.effective_from = self.cleaned_data["effective_from"]
        return changed

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        if day < max(today(), self.agreed.effective_from):
            raise ValidationError(_("Choose today or a later day, not before the last change."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and "hours_reason" in self.fields and not data.get("hours_reason"):
            changed = self._with(self.terms())
            short = hours.shortfalls(
                route=self.agreement.placement.enrolment.cohort.programme.route,
                starts_on=changed.starts_on,
                ends_on=changed.ends_on,
                years=changed.years,
            )
            if short:
                self.add_error("hours_reason", FEWER % {"years": ", ".join(item.label for item in short)})
        return data


FEWER = _("In %(years)s there are fewer hours than the norm of the law. Say why.")


def hours_reason() -> forms.CharField:
    """The field in which fewer hours than the norm are explained."""
    return forms.CharField(
        label=_("Why are there fewer hours than the norm?"),
        help_text=_(
            "Only needed when a study year has fewer hours than the norm. The law allows it, with a reason."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def within(agreement: Agreement, day: date) -> date:
    """A day of the enrolment, to which the placement is bound."""
    enrolment = agreement.placement.enrolment
    if not enrolment.starts_on <= day <= enrolment.ends_on:
        raise ValidationError(OUTSIDE_ENROLMENT)
    return day
