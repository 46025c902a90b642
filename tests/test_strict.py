"""The strict fixtures are themselves tested: each must fail on the mistake it is there for."""

import pytest
from django.core.mail import send_mail
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import connection, transaction
from django.template import engines
from django.template.base import Origin, Template

from tests.strict import UndefinedVariable, checked

GOOD = '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form><svg><path d="M0"/></svg>'


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<p style="color:red">', "inline style"),
        ("<style>p{}</style>", "inline style sheet"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">alert(1)</script>', "inline script"),
        ('<button onclick="x()">', "inline handler onclick"),
        ('<a href="javascript:x()">', "that the CSP blocks"),
        ('<form method="post"><input name="a"></form>', "without a CSRF token"),
        ("<form><input type='password'></form>", "asks for a password without saying whose"),
        ("<select><option value=''>---------</option></select>", "no words for an open choice"),
        ("<p>{{ name }}</p>", "unrendered template code"),
        ('<p id="a"></p><p id="a"></p>', "repeats the id a"),
    ],
)
def test_page_with_a_mistake_is_refused(html, fault):
    assert [fault in found for found in checked(html).faults] == [True]


def test_good_page_has_no_faults():
    assert checked(GOOD).faults == []


def test_undefined_variable_in_our_template_fails(settings):
    engine = engines["django"].engine
    origin = Origin(str(settings.ROOT / "templates" / "x.html"), "x.html")
    template = Template("{{ nobody_passes_this }}", origin, "x.html", engine)
    with pytest.raises(UndefinedVariable, match="nobody_passes_this"):
        engines["django"].from_string("{% include template %}").render({"template": template})


@pytest.mark.django_db
def test_unordered_page_fails(django_user_model):
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(django_user_model.objects.order_by(), 10).page(1)


@pytest.mark.django_db
def test_client_runs_what_waits_for_the_commit(client):
    done = []
    transaction.on_commit(lambda: done.append("before"))
    assert done == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    client.get("/livez")
    assert done == []  # only what the request itself left behind


def test_mail_reaches_the_smtp_server(smtp_server):
    send_mail("Onderwerp", "Tekst", None, ["ans@example.org"])
    assert [(mail["To"], mail["Subject"]) for mail in smtp_server.messages] == [
        ("ans@example.org", "Onderwerp")
    ]


@pytest.mark.django_db(transaction=True)
def test_wait_for_a_lock_in_a_test_has_an_end():
    """Without one a test that locks itself out hangs for as long as its run does, and nothing says where."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("1min", "5min")
