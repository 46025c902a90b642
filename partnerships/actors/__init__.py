"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from partnerships.actors import shapes
from partnerships.actors.acting import Actor, ActorRequest, HeldRole, Office, OwnPartnership, id_of
from partnerships.actors.reading import actor_of, actor_of_person

shapes.register()

__all__ = [
    "Actor",
    "ActorRequest",
    "HeldRole",
    "Office",
    "OwnPartnership",
    "actor_of",
    "actor_of_person",
    "id_of",
]
