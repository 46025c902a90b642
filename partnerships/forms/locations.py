"""Locations of an organisation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.models import Location
from partnerships.queries.likeness import locations_like
from ui.fields import Pc4Field
from ui.forms import PortalModelForm
from ui.likeness import LikenessMixin


class LocationForm(LikenessMixin, PortalModelForm):
    """A place where people work and learn; the map point is found from the town when it is left empty.

    Before a second one is made, those of the organisation that look like it are asked about.
    """

    same: Location | None

    pc4 = Pc4Field()

    class Meta:
        model = Location
        fields = ("name", "municipality", "neighbourhood", "pc4")
        labels = {"municipality": _("Town")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.pk is None and {"name", "municipality", "pc4"} <= set(data):
            typed = {name: data[name] for name in self.Meta.fields}
            found = locations_like(organisation_id=self.instance.organisation_id, **typed)
            self.ask_which(found, _described, _("No, it is another location"))
            self.hear()
        return data


def _described(location: Location) -> str:
    return ", ".join(
        filter(None, [location.name, location.neighbourhood, location.pc4, location.municipality])
    )
