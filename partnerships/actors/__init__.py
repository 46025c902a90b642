"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from functools import partial

from accounts.queries import signed_in
from partnerships.actors import shapes
from partnerships.actors.acting import Actor, ActorRequest, HeldRole, Office, OwnPartnership, id_of
from partnerships.actors.reading import actor_of, actor_of_person, facts

shapes.register()
signed_in.ALONG.append(partial(facts, "person", "pk"))

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
