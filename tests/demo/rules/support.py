"""An administrator does something with an account under an act, and an account is closed by one."""

from __future__ import annotations

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent, SupportAct, User
from tests.demo.rules.base import Faults, rule


@rule(lambda: SupportAct.objects.order_by("pk"))
def support_act_begins_at_once_and_its_deeds_follow(act: SupportAct) -> Faults:
    """The first that is noted is that it began, at that moment."""
    kinds = list(act.events.order_by("at", "pk").values_list("kind", "at"))
    if kinds[:1] != [(SecurityKind.SUPPORT_BEGUN, act.begun_at)]:
        yield "does not begin when it began"


@rule(lambda: User.objects.filter(is_active=False))
def account_is_closed_by_a_support_act(user: User) -> Faults:
    """What was noted last of whether one can sign in says that one cannot."""
    noted = SecurityEvent.objects.filter(
        person__user=user, kind__in=(SecurityKind.ACCOUNT_CLOSED, SecurityKind.ACCOUNT_REOPENED)
    )
    last = noted.order_by("pk").last()
    if last is None or last.kind != SecurityKind.ACCOUNT_CLOSED:
        yield "closed by nobody"
