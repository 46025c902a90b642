"""The partnership in the path of a coordinator's page."""

from django.shortcuts import get_object_or_404

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_coordinate


def coordinated_partnership(request: ActorRequest, slug: str) -> Partnership:
    """404 for strangers, 403 with the reason for people of member organisations."""
    partnership = get_object_or_404(Partnership.objects.inside(request.actor), slug=slug)
    require(can_coordinate(request.actor, partnership))
    return partnership
