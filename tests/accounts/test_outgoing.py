"""Administrators see what mail waits, failed or is held and why, send it again or stop it, and never read it."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.services import addresses, outgoing
from benchmarks.explaining import Captured
from core import outbox
from core.models import OutgoingMail, StateChange
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.core import OutgoingMailFactory, StateChangeFactory
from tests.helpers import login
from ui.formats import moment

pytestmark = pytest.mark.django_db
State, Trouble = OutgoingMail.State, OutgoingMail.Trouble
LIST = "accounts:mail-list"


@pytest.fixture
def administrator(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    user = UserFactory(is_staff=True, first_name="Bart")
    login(client, user)
    return user


def failed(**facts):
    return OutgoingMailFactory(**{"state": State.FAILED, "trouble": Trouble.NO_ADDRESS} | facts)


def shown(client, **chosen):
    return client.get(reverse(LIST), chosen).content.decode()


def press(client, name, mail, **more):
    edition = f"{mail.state}.{mail.attempts}"
    data = {"mail": mail.pk, "read": edition} | more
    return client.post(reverse(f"accounts:mail-{name}"), data, follow=True).content.decode()


def test_page_says_how_it_stands_and_why_and_not_to_whom_or_what(client, administrator):
    secret = {"subject": "kanarie-onderwerp", "body": "kanarie-tekst", "to_email": "kanarie@zorg.example"}
    failed(**secret, last_error="550 5.1.1 kanarie@zorg.example unknown", kind="accounts.invitation")
    OutgoingMailFactory(**secret, state=State.HELD, trouble=Trouble.UNSURE, person=PersonFactory())
    OutgoingMailFactory(**secret, due_at=timezone.now() - dt.timedelta(hours=2))
    OutgoingMailFactory(**secret, due_at=timezone.now() + dt.timedelta(hours=9), by_day=True)
    page = shown(client)
    for word in (
        "Wacht</a>: 2",
        "1 wacht tot de ochtend",
        "Mislukt, het adres bestaat niet",
        "Vastgehouden, niemand weet of de mail is aangekomen",
        "Het adres bestaat niet (550)",
        "Uitnodiging",
    ):
        assert word in page, word
    assert "kanarie" not in page
    waiting = shown(client, soort="queued")
    assert "Wacht tot de ochtend" in waiting
    assert "Uitnodiging" not in waiting
    assert "kanarie" not in waiting
    assert reverse(LIST) in client.get(reverse("administration")).content.decode()


def test_list_holds_one_reason_and_goes_along_as_a_file(client, administrator):
    failed(last_error="550 kanarie")
    failed(trouble=Trouble.FULL)
    page = client.get(reverse(LIST), {"soort": "failed", "reden": "full"})
    assert [row.mail.trouble for row in page.context["rows"]] == ["full"]
    file = client.get(reverse(LIST), {"soort": "failed", "reden": "no_address", "download": "csv"})
    _head, row, *more = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert "het adres bestaat niet (550)" in row
    assert "kanarie" not in row
    assert more == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", ["", "queued"])
def test_list_asks_the_same_for_one_mail_and_for_three(
    client, administrator, django_assert_num_queries, number, kind
):
    for _turn in range(number):
        failed(person=PersonFactory())
        OutgoingMailFactory(person=PersonFactory())
        outgoing.cancel(mail_id=failed().pk, by=administrator.person.pk, read=None)
    with django_assert_num_queries(9):
        assert len(client.get(reverse(LIST), {"soort": kind}).context["rows"]) == number


@pytest.mark.parametrize("chosen", [{}, {"soort": "held"}, {"soort": "held", "reden": "full"}])
def test_list_reads_what_went_wrong_and_passes_by_what_was_sent(client, administrator, chosen):
    """By a plan that is made once for any state, of which the few that failed are unknown to it."""
    one = OutgoingMailFactory.build(state=State.SENT, sent_at=timezone.now())
    facts = {field.name: getattr(one, field.name) for field in OutgoingMail._meta.concrete_fields[1:]}
    sent = [OutgoingMail(**facts | {"message_id": f"<{number}@x>"}) for number in range(3_000)]
    OutgoingMail.objects.bulk_create(sent)
    OutgoingMailFactory(state=State.HELD, trouble=Trouble.FULL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_outgoingmail")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    for _turn in range(10):
        captured = Captured()
        with connection.execute_wrapper(captured):
            shown(client, **chosen)
    rows = [one for one in captured.explained() if '"last_error"' in one.sql or "'held'" in one.sql]
    assert rows
    assert [one.plan for one in rows if "removed=3" in one.plan] == []


@pytest.mark.parametrize("state", [State.FAILED, State.HELD])
def test_mail_is_sent_again_on_record(client, administrator, smtp_server, state):
    person = PersonFactory()
    mail = failed(state=state, copies=2, person=person)
    assert "De mail is onderweg." in press(client, "send-again", mail)
    act = StateChange.objects.get(action="send_again")
    assert (act.by, act.from_state, act.to_state) == (administrator.person, state, State.QUEUED)
    assert act.subject == person.public_id
    assert outbox.deliver_due() == 1
    mail.refresh_from_db()
    assert (len(smtp_server.messages), mail.trouble) == (1, "")
    assert "staat niet meer" not in press(client, "send-again", mail)
    assert len(smtp_server.messages) == 1


def test_mail_of_which_the_text_is_gone_is_not_sent_empty(client, administrator):
    mail = failed(is_secret=True, body="", link="")
    assert "Laat de persoon opnieuw uitnodigen" in shown(client)
    assert "Laat de persoon opnieuw uitnodigen" in press(client, "send-again", mail)
    assert OutgoingMail.objects.get().state == State.FAILED


@pytest.mark.parametrize("state", [State.QUEUED, State.FAILED, State.HELD])
def test_stopped_mail_goes_to_nobody_and_that_is_taken_back_for_a_day(
    client, administrator, smtp_server, state
):
    mail = failed(state=state)
    page = press(client, "cancel", mail)
    assert "Tegengehouden in de afgelopen dag" in page
    assert "Bart" in page
    assert outbox.deliver_due() == 0
    act = StateChange.objects.get(action="cancel")
    for _pressed_twice in range(2):
        client.post(reverse("accounts:mail-restore"), {"act": act.pk})
    mail.refresh_from_db()
    assert mail.state == state
    assert "Tegengehouden in de afgelopen dag" not in shown(client)
    press(client, "cancel", mail)
    last = StateChange.objects.filter(action="cancel").latest("pk")
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)), pytest.raises(ValidationError):
        outgoing.restore(act_id=last.pk, by=administrator.person.pk)


def stopped(administrator, **facts):
    """A mail that an administrator stopped, and the act by which it can be let go again."""
    mail = failed(**facts)
    outgoing.cancel(mail_id=mail.pk, by=administrator.person.pk, read=None)
    return mail, StateChange.objects.filter(action="cancel").latest("pk")


def test_what_was_stopped_and_is_gone_or_taken_back_by_now_is_not_let_go(client, administrator):
    """Meanwhile the address was corrected: the link would go to a stranger. Or what it told of was taken back."""
    person = PersonFactory(email="verkeerd@voorbeeld.test")
    link, let_go = stopped(administrator, person=person, to_email=person.email, is_secret=True)
    addresses.correct(person_id=person.pk, email="goed@voorbeeld.test", by=administrator.person.pk)
    about = StateChangeFactory()
    told, again = stopped(administrator, about=about)
    StateChangeFactory(undoes=about)
    for mail, act in ((link, let_go), (told, again)):
        with pytest.raises(ValidationError):
            outgoing.restore(act_id=act.pk, by=administrator.person.pk)
        mail.refresh_from_db()
        assert mail.state == State.CANCELLED
    assert outbox.deliver_due() == 0


def test_list_of_what_was_stopped_says_which_mail(client, administrator):
    invitation = failed(kind="accounts.invitation", created_at=timezone.now() - dt.timedelta(days=3))
    for mail in (invitation, failed(kind="reminder_plan"), failed(kind="reminder_plan")):
        outgoing.cancel(mail_id=mail.pk, by=administrator.person.pk, read=None)
    _list, page = shown(client).split("Tegengehouden in de afgelopen dag")
    assert "Uitnodiging" in page
    assert moment(invitation.created_at) in page
    assert page.count("Herinnering") == 2


def test_what_a_worker_did_meanwhile_is_not_written_over(client, administrator, smtp_server):
    mail = OutgoingMailFactory()
    read = "queued.0"
    outbox.deliver_due()
    for name in ("cancel", "send-again"):
        data = {"mail": mail.pk, "read": read}
        client.post(reverse(f"accounts:mail-{name}"), data)
        assert OutgoingMail.objects.get().state == State.SENT
    tried = OutgoingMailFactory(attempts=1)
    with pytest.raises(ValidationError, match="gewijzigd"):
        outgoing.cancel(mail_id=tried.pk, by=administrator.person.pk, read="queued.0")


@pytest.mark.django_db(transaction=True)
def test_mail_that_is_being_sent_is_not_waited_for(client, administrator):
    mail = OutgoingMailFactory()

    def sending() -> None:
        with transaction.atomic():
            OutgoingMail.objects.select_for_update().get(pk=mail.pk)
            has_it.set()
            over.wait(10)
        connection.close()

    has_it, over = threading.Event(), threading.Event()
    worker = threading.Thread(target=sending)
    worker.start()
    try:
        assert has_it.wait(10)
        assert "wordt nu verstuurd" in press(client, "cancel", mail)
    finally:
        over.set()
        worker.join(10)


def test_all_of_one_reason_go_again_and_what_came_later_does_not(client, administrator):
    first, second, other = failed(), failed(), failed(trouble=Trouble.FULL)
    newest = client.get(reverse(LIST), {"soort": "failed", "reden": "no_address"}).context["newest"]
    later = failed()
    gone = failed(body="", pk=first.pk - 1)
    data = {"soort": "failed", "reden": "no_address", "newest": newest}
    page = client.post(reverse("accounts:mail-send-all-again"), data, follow=True).content.decode()
    assert "2 mails staan weer in de wachtrij." in page
    queued = set(OutgoingMail.objects.filter(state=State.QUEUED))
    assert queued == {first, second}
    assert {other, later, gone} & queued == set()


def test_all_go_again_where_the_newest_are_those_of_which_the_text_is_gone(
    client, administrator, monkeypatch
):
    monkeypatch.setattr(outgoing, "MOST_AT_ONCE", 2)
    mails = [failed() for _turn in range(3)]
    bounced = [failed(is_secret=True, body="", link="") for _turn in range(3)]
    data, url = {"newest": bounced[-1].pk}, reverse("accounts:mail-send-all-again")
    page = client.post(url, data, follow=True).content.decode()
    assert "2 mails staan weer in de wachtrij. Verstuur daarna de rest." in page
    page = client.post(url, data, follow=True).content.decode()
    assert "1 mail staat weer in de wachtrij." in page
    assert "de rest" not in page
    assert set(OutgoingMail.objects.filter(state=State.QUEUED)) == set(mails)
    page = client.post(url, data, follow=True).content.decode()
    assert "Geen van deze mails kan nu opnieuw worden verstuurd." in page


@pytest.mark.parametrize("name", ["send-again", "cancel", "restore"])
def test_who_works_through_a_list_stays_where_they_were(client, administrator, name):
    for _turn in range(27):
        mail = failed(trouble=Trouble.FULL)
    outgoing.cancel(mail_id=mail.pk, by=administrator.person.pk, read=None)
    url = f"{reverse(LIST)}?soort=failed&reden=full&page=2"
    page = client.get(url)
    action = f"{reverse(f'accounts:mail-{name}')}?soort=failed&amp;reden=full&amp;page=2"
    assert f'action="{action}"' in page.content.decode()
    [row] = page.context["rows"]
    data = {"mail": row.mail.pk, "read": row.edition, "act": StateChange.objects.get().pk}
    assert client.post(action.replace("&amp;", "&"), data)["Location"] == url


def test_where_a_list_was_is_no_way_out(client, administrator):
    answer = client.post(f"{reverse('accounts:mail-cancel')}?soort=//zorg.example&reden=x&page=x", {})
    assert answer["Location"] == reverse(LIST)


def test_large_numbers_are_written_as_one_reads_them(client, administrator):
    mail = failed()
    facts = {"kind": mail.kind, "to_email": mail.to_email, "subject": "x", "body": "x", "language": "nl"}
    waits = facts | {"by_day": True, "due_at": timezone.now() + dt.timedelta(hours=9)}
    OutgoingMail.objects.bulk_create(
        OutgoingMail(**kind, message_id=f"<{number}{kind.get('state', '')}@x>")
        for number in range(1200)
        for kind in (waits, facts | {"state": State.FAILED, "trouble": Trouble.FULL})
    )
    page = shown(client)
    for words in ("Wacht</a>: 1.200", "1.200 wachten tot de ochtend", "de mailbox is vol</a>: 1.200"):
        assert words in page, words


def test_only_administrators_act(db):
    mail, anyone = failed(), UserFactory().person
    for verb in (outgoing.send_again, outgoing.cancel):
        with pytest.raises(ValidationError):
            verb(mail_id=mail.pk, by=anyone.pk, read=None)
    with pytest.raises(ValidationError):
        outgoing.send_all_again(state="", trouble="", up_to=mail.pk, by=anyone.pk)
    with pytest.raises(ValidationError):
        outgoing.restore(act_id=1, by=anyone.pk)
