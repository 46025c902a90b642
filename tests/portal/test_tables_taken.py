"""The administrators' tables as files: what each page shows, of all its pages, under the same rights and on record."""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from accounts.models import SecurityEvent
from tests.demo.taken import addresses, taken
from tests.factories.accounts import UserFactory
from tests.factories.core import OutgoingMailFactory, StoredFileFactory
from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import WorkProcessFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db
MAILS = "admin:core_outgoingmail_changelist"


@pytest.fixture
def administrator(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    user = UserFactory(is_staff=True, is_superuser=True)
    login(client, user)
    return user


def offered(client, name, **filters):
    page = client.get(reverse(name), filters)
    return page, addresses(document_fromstring(page.content.decode()))


def test_every_table_is_taken_along_with_the_rows_and_columns_of_its_page(client, administrator):
    OutgoingMailFactory(state="failed", last_error="550 x")
    StoredFileFactory(scan="suspect", scanned_at=timezone.now(), subject=uuid4(), digest="a" * 64)
    WorkProcessFactory()
    OrganisationFactory(name="Zorg & Co")
    filled = set()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        page, links = offered(client, name)
        found = page.context["cl"]
        if not found.result_count:
            assert links == [], name
            continue
        filled.add(model.__name__)
        files = [taken(client, reverse(name) + link, kind) for link in links for kind in ("csv", "xlsx")]
        assert [len(rows) for rows in files] == [found.result_count] * 2, name
        assert files[0] == files[1], name
        shown = [column for column in page.context["cl"].list_display if column != "action_checkbox"]
        assert {len(row) for row in files[0]} == {len(shown)}, name
    assert {"OutgoingMail", "StoredFile", "Organisation", "CoreTask", "Holiday"} <= filled


def test_file_of_a_table_keeps_to_its_filter_and_says_no_more_than_the_page(client, administrator):
    OutgoingMailFactory(
        state="failed", kind="een", to_email="geheim@leerling.example", last_error="550 geheim"
    )
    OutgoingMailFactory(state="held", kind="twee")
    OutgoingMailFactory(state="queued", kind="drie")
    _page, links = offered(client, MAILS, state="failed")
    (rows,) = [taken(client, reverse(MAILS) + link, "csv") for link in links]
    assert [row[1:3] for row in rows] == [["een", "mislukt"]]
    assert "geheim" not in str(rows)
    event = SecurityEvent.objects.get(kind="list_taken")
    assert (event.person, event.what) == (
        administrator.person,
        "admin:core_outgoingmail_changelist csv (state)",
    )


def test_table_is_taken_along_by_administrators_alone(client):
    login(client, UserFactory())
    assert client.get(reverse(MAILS), {"download": "csv"}).status_code in {302, 403}
    assert not SecurityEvent.objects.filter(kind="list_taken").exists()


def test_filter_that_is_none_gives_the_page_of_before(client, administrator):
    response = client.get(reverse(MAILS), {"download": "csv", "geen": "1"})
    assert response.status_code == 302
    assert "download" not in response.url


def test_what_is_drawn_in_a_cell_stands_in_the_file_as_text(client, administrator):
    digest = "0123456789abcdef" * 4
    StoredFileFactory(
        scan="suspect", scanned_at=timezone.now(), subject=uuid4(), digest=digest, size=2048, type="a/b&c"
    )
    name = "admin:core_storedfile_changelist"
    _page, links = offered(client, name)
    for kind in ("csv", "xlsx"):
        (row,) = taken(client, reverse(name) + links[0], kind)
        assert digest in row
        assert "a/b&c" in row
        assert not any("<" in cell or "&#" in cell for cell in row)


@pytest.mark.parametrize(
    "asks", [{"download": "pdf"}, {"download": ""}, {"download": "csv", "_to_field": "x"}]
)
def test_file_that_is_none_hands_out_nothing(client, administrator, asks):
    OutgoingMailFactory(state="failed")
    answer = client.get(reverse(MAILS), asks)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert answer.status_code in {302, 400}
    assert not SecurityEvent.objects.filter(kind="list_taken").exists()
