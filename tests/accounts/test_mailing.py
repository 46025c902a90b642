"""How much one person makes the portal mail: every act is counted, whatever it is, and one mailbox is not filled."""

import ast
import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.middleware import MailLimitMiddleware
from accounts.models import Invitation, Throttle
from accounts.services import mailing
from core import versions
from core.mail import acting, send
from core.models import OutgoingMail
from tests.consistency.source import APPS, ROOT, modules, text_of
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.partnerships import MembershipInvitationFactory, OrganisationFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db
TOO_MANY = "meer mails versturen dan één persoon op een dag mag"


@pytest.fixture
def by():
    """Someone who acts."""
    user = UserFactory()
    token = acting.set(user.person.pk)
    yield user.person
    acting.reset(token)


def mail(to, person=None, *, commit=True):
    """One mail, in the transaction of its act."""
    with TestCase.captureOnCommitCallbacks(execute=commit), transaction.atomic():
        send(
            kind="test",
            to_email=to,
            template="accounts/mail/owner_account_known.txt",
            why="Omdat.",
            context={"name": ""},
            language="nl",
            person=person,
        )


def times(number, to, person=None):
    """How many of these went through."""
    sent = 0
    for _turn in range(number):
        try:
            mail(to, person)
        except mailing.TooManyMails:
            continue
        sent += 1
    return sent


def test_one_mailbox_gets_so_many_from_one_person(by):
    friend = UserFactory()
    assert times(12, "vreemd@voorbeeld.test") == mailing.TO_ONE_STRANGER.most
    assert times(12, friend.email, friend.person) == 12
    assert times(60, friend.email, friend.person) == mailing.TO_ONE.most - 12


def test_next_day_it_goes_on(by):
    times(12, "vreemd@voorbeeld.test")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=True):
        assert times(2, "vreemd@voorbeeld.test") == 2


def test_limits_are_of_one_person(by):
    times(12, "vreemd@voorbeeld.test")
    other = UserFactory()
    token = acting.set(other.person.pk)
    assert times(3, "vreemd@voorbeeld.test") == 3
    acting.reset(token)


def test_strangers_together_have_a_limit_too(by, monkeypatch):
    monkeypatch.setattr(mailing, "TO_STRANGERS", mailing.Limit("few", 5, mailing.A_DAY))
    assert sum(times(1, f"vreemd{number}@voorbeeld.test") for number in range(9)) == 5


def test_mail_to_oneself_and_by_the_clock_is_not_counted(by):
    assert times(70, by.address, by) == 70
    acting.set(None)
    assert times(12, "vreemd@voorbeeld.test") == 12
    assert not Throttle.objects.exists()


def test_act_that_failed_costs_nothing(by):
    for _turn in range(20):
        with transaction.atomic():
            mail("vreemd@voorbeeld.test", commit=False)
            transaction.set_rollback(True)
    assert times(2, "vreemd@voorbeeld.test") == 2


def test_invitation_that_is_sent_again_and_again_stops_and_says_so(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    asked = InvitationFactory(
        person=PersonFactory(email="vreemd@voorbeeld.test"), email="vreemd@voorbeeld.test"
    )
    row = MembershipInvitationFactory(organisation=organisation, role=Role.CONTACT, invitation=asked)
    path = reverse("partnerships:people-invite-again", args=[organisation.slug, row.public_id])
    for _turn in range(10):
        page = client.post(path, {"read": versions.of(Invitation.objects.get())}, follow=True)
    assert TOO_MANY in page.content.decode()
    assert OutgoingMail.objects.filter(to_email="vreemd@voorbeeld.test").count() == 8


def test_view_that_shows_no_refusal_itself_answers_with_a_page(rf):
    middleware = MailLimitMiddleware(lambda _request: HttpResponse())
    request = rf.post("/")
    request.user = AnonymousUser()
    assert middleware.process_exception(request, mailing.TooManyMails()).status_code == 429
    assert middleware.process_exception(request, ValueError()) is None


def names_called(tree):
    """What is called, with what stands before it."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


WRITES = ("OutgoingMail", "OutgoingMail.objects.create", "OutgoingMail.objects.bulk_create")
SENDS = ("EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins")


def writers(wanted, texts):
    return {path for path, text in texts.items() if names_called(ast.parse(text)) & set(wanted)}


def test_every_mail_passes_the_one_place_that_counts():
    """So that no verb, of now or later, has to remember it: a row is written in one place, and posted in one."""
    texts = {path.relative_to(ROOT).as_posix(): text_of(path) for path in modules(*APPS)}
    assert len(texts) > 300
    assert writers(WRITES, texts) == {"core/mail.py"}
    # A report of our own mistakes does not wait in a database that may be what is broken.
    assert writers(SENDS, texts) == {"core/post.py", "portal/reports.py"}
    planted = {"a.py": "def f(): OutgoingMail.objects.create(to_email='x')"}
    assert writers(WRITES, planted) == {"a.py"}
    assert "mail_asked.send" in names_called(ast.parse(texts["core/mail.py"]))
