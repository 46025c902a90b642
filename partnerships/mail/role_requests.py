"""Mails about requests for a role."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.models import RoleRequest


def manager_role_request_made(request: RoleRequest, manager: Person, act: StateChange) -> None:
    """Someone asks for a role; the link leads to the page with the answer."""
    letters.to_person(
        manager,
        "partnerships/mail/manager_role_request_made.txt",
        link=reverse("partnerships:role-request", args=[request.organisation.slug, request.public_id]),
        about=act,
        request=request,
    )


def manager_role_request_expired(request: RoleRequest, manager: Person) -> None:
    """Nobody answered; the link leads to where someone can still be invited."""
    letters.to_person(
        manager,
        "partnerships/mail/manager_role_request_expired.txt",
        link=reverse("partnerships:people-invite", args=[request.organisation.slug]),
        request=request,
    )


def asker_role_request_given(request: RoleRequest) -> None:
    """The role is there; the link leads to the first page."""
    letters.to_person(
        request.person,
        "partnerships/mail/asker_role_request_given.txt",
        link=reverse("start"),
        request=request,
    )


def asker_role_request_declined(request: RoleRequest, reason: str) -> None:
    """No, and why."""
    letters.to_person(
        request.person,
        "partnerships/mail/asker_role_request_declined.txt",
        link=reverse("partnerships:role-request-list"),
        request=request,
        reason=reason,
    )


def asker_role_request_expired(request: RoleRequest) -> None:
    """Nobody answered; one can ask again."""
    letters.to_person(
        request.person,
        "partnerships/mail/asker_role_request_expired.txt",
        link=reverse("partnerships:role-request-list"),
        request=request,
    )
