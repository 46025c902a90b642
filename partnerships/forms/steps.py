"""A step to another state, chosen by a coordinator from those that are possible now."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, not_now
from core.limits import REASON
from ui.forms import PortalForm


class StepForm(PortalForm):
    """The base of such forms.

    `STEPS` gives the actions of the model's TRANSITIONS with their words; `REASON_MISSING` has what is said where a step
    needs a reason and none was given.
    """

    STEPS: ClassVar[Mapping[str, Promise]]
    REASON_HELP: ClassVar[Promise]
    REASON_MISSING: ClassVar[Mapping[str, Promise]]

    sometimes = ("reason",)

    action = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=REASON, required=False)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        action: Any = self.fields["action"]
        action.choices = [(name, label) for name, label in self.STEPS.items() if states.allowed(item, name)]
        self.fields["reason"].help_text = str(self.REASON_HELP)

    @property
    def still_possible(self) -> Verdict:
        """Whether the step that was asked for is one of those of now.

        It is not when somebody else was first, or when the button was pressed twice.
        """
        if self.data.get("action") and "action" in self.errors:
            return not_now(_("This step is no longer possible. Below you see the current status."))
        return ALLOW

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("action") in self.item.REASON_REQUIRED and not data.get("reason", "").strip():
            self.add_error("reason", ValidationError(str(self.REASON_MISSING[data["action"]])))
        return data
