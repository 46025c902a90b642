"""Evidence and work situations: what a student writes, and who may read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from programmes.models import WorkProcess
from students.models import Enrolment, Evidence, WorkSituation
from ui.forms import PortalModelForm


def capital_choices(field: forms.Field) -> None:
    """Start each choice with a capital: on its own line it is a sentence, in a running text it is not."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    listed: Any = field.choices
    field.choices = [(value, capfirst(str(label))) for value, label in listed if value != ""]


class EvidenceForm(PortalModelForm):
    """A text, a file or both. What is read of the file is in `accepted`."""

    accepted: uploads.Accepted | None = None

    class Meta:
        model = Evidence
        fields = ["text", "file", "visible_for"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "file": forms.FileInput(attrs={"accept": uploads.ACCEPT}),
            "visible_for": forms.RadioSelect,
        }
        help_texts = {
            "text": _("Write no names or details of clients."),
            "file": _("A PDF, photo or document of at most 10 MB. No client may be recognisable in it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capital_choices(self.fields["visible_for"])

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload:
            self.accepted = uploads.check(upload)
            return self.accepted.file
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("text") and not data.get("file") and not self.errors:
            self.add_error("text", _("Write a text or add a file."))
        return data


class ShareForm(PortalModelForm):
    """Who may read a piece of evidence from now on."""

    class Meta:
        model = Evidence
        fields = ["visible_for"]
        widgets = {"visible_for": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capital_choices(self.fields["visible_for"])


class SituationForm(PortalModelForm):
    """A question from practice, in under a minute: one text is enough."""

    class Meta:
        model = WorkSituation
        fields = ["text", "work_process", "visible_for"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "visible_for": forms.RadioSelect}
        help_texts = {"text": _("Write no names or details of clients.")}

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["work_process"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = WorkProcess.objects.of_programme(enrolment.cohort.programme_id)
        field.empty_label = str(_("I do not know"))
        capital_choices(self.fields["visible_for"])
