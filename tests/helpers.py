"""Short ways to people with a role, and to acts at the same moment."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from functools import partial
from html import unescape
from time import time as moment
from typing import Any
from urllib.parse import urlsplit

import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, SecurityKind
from accounts.models import User
from accounts.services import support
from accounts.sessions import SessionStore
from core import versions
from core.dates import today
from core.models import OutgoingMail
from core.versions import Versioned
from partnerships.actors import Actor, actor_of
from partnerships.enums import MemberRole
from partnerships.models import Organisation, Partnership
from programmes.models import Programme
from programmes.services import programmes
from tests.factories.accounts import PASSWORD, SecurityEventFactory, SupportActFactory, UserFactory
from tests.factories.partnerships import MemberFactory, MembershipFactory

A_MOMENT = 0.5  # longer than an act takes that waits for nobody
MADE_FROM = re.compile(r'name="([^"]*made_from)" value="([^"]*)"')


def link_of(mail: OutgoingMail) -> str:
    """The path that a mail leads to."""
    return urlsplit(mail.link).path


def open_link(client: Client, mail: OutgoingMail) -> str:
    """Press the button on the page of the personal link in a mail; gives the path of the page of its act."""
    path: str = client.post(link_of(mail)).url
    return path


def member(organisation: Organisation, role: Role, **flags: Any) -> User:
    """A new user with a running membership; flags: may_consent, may_sign, starts_on, ends_on."""
    user = UserFactory()
    MembershipFactory(person=user.person, organisation=organisation, role=role, **flags)
    return user


def acting(organisation: Organisation, role: Role, **flags: Any) -> Actor:
    """The actor of a new member."""
    return actor_of(member(organisation, role, **flags))


def coordinating(*partnerships: Partnership) -> Actor:
    """The actor of a new coordinator of these partnerships."""
    role = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    for partnership in partnerships:
        MemberFactory(
            partnership=partnership, organisation=role.organisation, role=MemberRole.COORDINATING_BODY
        )
    return actor_of(role.person.user)


def closed(user: User) -> User:
    """The user with an account that an administrator closed."""
    act = SupportActFactory(subject=user.person)
    SecurityEventFactory(person=user.person, kind=SecurityKind.ACCOUNT_CLOSED, support=act)
    user.is_active = False
    user.save()
    return user


def closing(user: User) -> Callable[[], None]:
    """The act of an administrator that closes an account."""
    act = SupportActFactory(subject=user.person)
    return partial(support.close_account, act_id=act.pk, by=act.administrator_id)


def gives_in(programme: Programme, partnership: Partnership | None) -> None:
    """The school gives a programme in this partnership from now on, or in none."""
    by = acting(programme.school, Role.TEACHER)
    programme.partnership = partnership
    if partnership and not partnership.members.running().filter(organisation=programme.school).exists():
        MemberFactory(partnership=partnership, organisation=programme.school)
    programmes.save(programme=programme, by=by, version=None)


def login(client: Client, user: User) -> Client:
    """Sign `user` in without the form; gives the client back.

    Only the session and its device, with what is read of them: `force_login` tells all who listen, for four times as long.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["begun"] = session["seen"] = moment()
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def login_fresh(client: Client, user: User, *, seconds_ago: int = 0) -> Client:
    """As `login`, with the password given this long ago: acts that bind ask for five minutes."""
    login(client, user)
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds_ago)):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def side_by_side(
    *acts: Callable[[], Any], refusal: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[Any]:
    """Run the acts at the same moment, each on a connection of its own; gives their results in order.

    Of an act that raises a `refusal` that is the result; anything else it raises goes on to the test.
    """
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(30)
            return act()
        except refusal as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def meanwhile(
    first: Callable[[], Any],
    second: Callable[[], Any],
    refusal: type[Exception] | tuple[type[Exception], ...] = (),
) -> list[Any]:
    """`second` begins when `first` has done its work and not committed it yet, and is given a moment; gives both results.

    Of a `second` that raises a `refusal` that is the result.
    """
    did, tried = threading.Event(), threading.Event()

    def one() -> Any:
        try:
            with transaction.atomic():
                result = first()
                did.set()
                tried.wait(A_MOMENT)
            return result
        finally:
            connections.close_all()

    def other() -> Any:
        try:
            did.wait(30)
            return second()
        except refusal as refused:
            return refused
        finally:
            tried.set()
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in (pool.submit(one), pool.submit(other))]


def press(
    client: Client,
    url: str,
    rows: Versioned | Sequence[Versioned],
    data: Mapping[str, Any] | None = None,
    **options: Any,
) -> Any:
    """Send a form from a page that was opened a moment ago, and so says how these rows are now."""
    shown = [rows] if isinstance(rows, Versioned) else rows
    now = [found for row in shown if (found := type(row)._base_manager.filter(pk=row.pk).first())]
    return client.post(url, {**(data or {}), "read": versions.of(*now)}, **options)


def edit(client: Client, page: str, data: dict[str, Any], **options: Any) -> Any:
    """Open the page of a form over a thing that is there and send `data` from it."""
    return client.post(page, made_from(client, page) | data, **options)


def made_from(client: Client, page: str) -> dict[str, str]:
    """What the forms of a page say they were made from."""
    found = MADE_FROM.findall(client.get(page).content.decode())
    return {name: unescape(value) for name, value in found}


def at_noon(days: int) -> time_machine.travel:
    """The clock at noon so many days from today, as the calendar on the wall counts them: not as UTC does."""
    noon = datetime.combine(today() + timedelta(days=days), time(12), timezone.get_current_timezone())
    return time_machine.travel(noon, tick=False)


def typed_over(page: Any, **changes: object) -> dict[str, object]:
    """What a form of the administrator's tables sends as it stands on its page, with these fields typed over.

    With the rows in it, and what counts them.
    """
    sets = [inside.formset for inside in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    forms += [form for rows in sets for form in (rows.management_form, *rows.initial_forms)]
    data = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in (data | changes).items() if value not in (None, False)}
