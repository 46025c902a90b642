"""Locations of an organisation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import PortalModelForm
from partnerships.models import Location, Organisation


class LocationForm(PortalModelForm):
    """A place where people work and learn; the map point is found from the town when it is left empty."""

    class Meta:
        model = Location
        fields = ("name", "municipality", "neighbourhood", "pc4")
        labels = {"municipality": _("Town")}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Set before validation, so that the unique name is checked in the form and not by an error later.
        self.instance.organisation = organisation

    def _get_validation_exclusions(self) -> set[str]:
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, not in its types
        return found - {"organisation", "closed_on"}
