"""Documents: a new one, a newer version, and who reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import attachments as uploads
from partnerships.actors import Actor
from partnerships.models import Document, Group
from partnerships.queries.documents import groups_to_keep_for
from partnerships.rules.partnerships import can_write
from ui.forms import EditForm, PortalModelForm, PublicChoice

_HELP = _("A PDF, photo or document of at most 10 MB. Leave out names and details of clients and students.")


def _file_field(label: Any) -> forms.FileField:
    return forms.FileField(
        label=label, widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}), help_text=_HELP
    )


class DocumentForm(PortalModelForm):
    """A new document: what it is called, whose it is, who reads it, and the file."""

    group = PublicChoice(queryset=Group.objects.none(), label=_("Of which group"), required=False)
    file = _file_field(pgettext_lazy("upload", "File"))
    field_order = ("title", "file", "group", "for_members")

    class Meta:
        model = Document
        fields = ("title", "group", "for_members")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnership = self.instance.partnership
        groups: Any = self.fields["group"]
        groups.queryset = groups_to_keep_for(actor, partnership)
        if can_write(actor, partnership):
            groups.empty_label = _("Of the whole partnership")
        else:
            groups.required, groups.empty_label = True, _("Choose …")
        self.fields["for_members"].help_text = _(
            "Without this only the people in the group and the coordinators read it. What is of the whole partnership, all "
            "members read."
        )

    def clean_file(self) -> uploads.Accepted:
        return uploads.check(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        """What is of no group is of all."""
        data = super().clean() or self.cleaned_data
        data["for_members"] = bool(data.get("for_members")) or not data.get("group")
        return data


class DocumentChangeForm(PortalModelForm):
    """Its title, and of a group's document who reads it."""

    class Meta:
        model = Document
        fields = ("title", "for_members")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.group_id is None:
            del self.fields["for_members"]


class NewerVersionForm(EditForm):
    """A file in place of the one that is there."""

    file = _file_field(_("Newer version"))

    def clean_file(self) -> uploads.Accepted:
        return uploads.check(self.cleaned_data["file"])
