"""Locations of an organisation."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import Location
from ui.forms import PortalModelForm


class LocationForm(PortalModelForm):
    """A place where people work and learn; the map point is found from the town when it is left empty."""

    class Meta:
        model = Location
        fields = ("name", "municipality", "neighbourhood", "pc4")
        labels = {"municipality": _("Town")}
