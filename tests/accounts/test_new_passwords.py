"""A link for a new password: alike for everyone who asks, once, and told to the owner."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import OutgoingMail
from tests.accounts.signing import ask_reset, page, path_of, sign_in
from tests.factories.accounts import UserFactory


def done_for(client, email):
    """What the database is asked for when someone asks for a link, by the first words of each question."""
    with CaptureQueriesContext(connection) as asked:
        ask_reset(client, email)
    kinds = [" ".join(query["sql"].split()[:3]).replace('"', "") for query in asked.captured_queries]
    return [kind for kind in kinds if not kind.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]


@pytest.mark.django_db
def test_reset_does_the_same_work_for_an_address_without_account(client):
    """So that the time it takes tells nothing: a mail is written for both, and kept for one."""
    UserFactory(email="anna@voorbeeld.test")
    known, unknown = (done_for(client, f"{name}@voorbeeld.test") for name in ("anna", "niemand"))
    assert [kind for kind in unknown if kind.startswith("INSERT")] == [
        kind for kind in known if kind.startswith("INSERT")
    ]
    assert "INSERT INTO core_outgoingmail" in known
    assert len(known) == len(unknown), (known, unknown)
    assert list(OutgoingMail.objects.values_list("to_email", flat=True)) == ["anna@voorbeeld.test"]


@pytest.mark.django_db
def test_reset_answers_alike_and_mails_only_who_has_an_account(client):
    user = UserFactory(email="anna@voorbeeld.test")
    UserFactory(email="weg@voorbeeld.test", is_active=False)
    answers = {page(ask_reset(client, f"{name}@voorbeeld.test")) for name in ("anna", "niemand", "weg")}
    assert len(answers) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.to_email, mail.person, mail.is_secret, mail.kind) == (
        user.email,
        user.person,
        True,
        "accounts.password_reset",
    )


@pytest.mark.django_db
def test_reset_link_works_once_and_tells_the_owner(client):
    user = UserFactory(email="anna@voorbeeld.test")
    ask_reset(client, user.email)
    link = path_of(OutgoingMail.objects.get())
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0]
    bad = client.post(path, {"password1": "kort", "password2": "kort"})
    assert bad.status_code == 200
    done = client.post(
        path, {"password1": "peer-roos-trein-7", "password2": "peer-roos-trein-7"}, follow=True
    )
    assert done.redirect_chain[-1][0] == reverse("account_reset_password_from_key_done")
    user.refresh_from_db()
    assert user.check_password("peer-roos-trein-7")
    notice = OutgoingMail.objects.get(kind="accounts.security")
    assert (notice.to_email, "Je wachtwoord is gewijzigd" in notice.body) == (user.email, True)
    again = client.get(link, follow=True)
    assert "werkt niet meer" in again.content.decode()


@pytest.mark.django_db
def test_reset_frees_an_account_that_someone_else_locked(client):
    user = UserFactory(email="anna@voorbeeld.test")
    for _turn in range(6):
        sign_in(client, user.email, "fout-fout-fout")
    ask_reset(client, user.email)
    link = path_of(OutgoingMail.objects.get())
    path = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(path, {"password1": "peer-roos-trein-7", "password2": "peer-roos-trein-7"})
    assert sign_in(client, user.email, "peer-roos-trein-7").status_code == 302
