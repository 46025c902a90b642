"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from functools import partial

from accounts import backends
from partnerships.actors import shapes
from partnerships.actors.acting import Actor, ActorRequest, HeldRole, Office, OwnPartnership, id_of
from partnerships.actors.reading import actor_of, actor_of_person, facts

shapes.register()
backends.ALONG.append(partial(facts, "person", "pk"))

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
