"""Asking and answering to take part, by the services."""

from core.models import StateChange
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.services import join_requests as service


def invited(partnership, employer, leader, role=MemberRole.MEMBER):
    return service.invite(
        partnership_id=partnership.pk, organisation=employer, role=role, by=actor_of(leader)
    )


def asked(partnership, employer, manager):
    return service.ask(partnership_id=partnership.pk, organisation_id=employer.pk, by=actor_of(manager))


def accept(request, user):
    return service.accept(request_id=request.pk, by=actor_of(user), read=None)


def take_back(request, user):
    act = StateChange.objects.filter(model="partnerships.joinrequest", object_id=str(request.pk)).last()
    return service.take_back(request_id=request.pk, by=actor_of(user), act_id=act.pk)
