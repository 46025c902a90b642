"""Documents of a partnership and of its groups: who reads them, who keeps them, and that no version is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import StoredFile
from partnerships.actors import actor_of
from partnerships.models import Document
from partnerships.services import documents as service
from tests.factories.partnerships import (
    DocumentFactory,
    DocumentVersionFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
)
from tests.helpers import acting, edit, login, member, press

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF"


def pdf(name="plan.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more)


def list_of(partnership) -> str:
    return reverse("partnerships:document-list", args=[partnership.slug])


def create(partnership) -> str:
    return reverse("partnerships:document-create", args=[partnership.slug])


def page(name, document, *more) -> str:
    return reverse(
        f"partnerships:document-{name}", args=[document.partnership.slug, document.public_id, *more]
    )


def put_in(client, partnership, **typed) -> Document:
    answer = client.post(create(partnership), {"title": "Jaarplan", "group": "", "file": pdf(), **typed})
    assert answer.status_code == 302, answer.context["form"].errors
    return Document.objects.latest("pk")


def content_of(client, document, number) -> bytes:
    return b"".join(client.get(page("version", document, number)).streaming_content)


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership)


@pytest.fixture
def group(partnership):
    return GroupFactory(partnership=partnership, kind="working")


@pytest.fixture
def seated(joined, group):
    user = member(joined.organisation, Role.SUPERVISOR)
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation)
    return user


def test_a_coordinator_puts_in_what_all_members_read(client, coordinator, partnership, joined):
    document = put_in(client, partnership)
    assert document.for_members
    login(client, member(joined.organisation, Role.SUPERVISOR))
    assert "Jaarplan" in client.get(list_of(partnership)).content.decode()
    answer = client.get(page("version", document, 1))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_what_is_of_a_group_is_for_its_seats_and_the_coordinators(
    client, coordinator, partnership, joined, group, seated
):
    document = put_in(client, partnership, group=group.public_id)
    assert not document.for_members
    other = member(joined.organisation, Role.MANAGER)
    for user, status in ((coordinator, 200), (seated, 200), (other, 404)):
        login(client, user)
        assert client.get(document.get_absolute_url()).status_code == status
        assert client.get(page("version", document, 1)).status_code == status
        assert ("Jaarplan" in client.get(list_of(partnership)).content.decode()) is (status == 200)


def test_a_client_with_a_seat_reads_what_is_of_the_group_alone(client, partnership, group):
    seat = GroupSeatFactory(group=group, of="client")
    own, of_all = DocumentFactory(group=group), DocumentFactory(partnership=partnership)
    login(client, seat.person.user)
    listed = reverse("partnerships:group-documents", args=[group.public_id])
    assert own.title in client.get(listed).content.decode()
    assert listed in client.get(own.get_absolute_url()).content.decode()
    assert client.get(of_all.get_absolute_url()).status_code == 404


def test_a_group_may_let_all_members_read_it(client, coordinator, partnership, joined, group):
    document = put_in(client, partnership, group=group.public_id, for_members="on")
    login(client, member(joined.organisation, Role.MANAGER))
    assert client.get(document.get_absolute_url()).status_code == 200


def test_who_left_the_partnership_reads_nothing_any_more(client, partnership, joined):
    document = DocumentFactory(partnership=partnership)
    login(client, member(joined.organisation, Role.MANAGER))
    assert client.get(document.get_absolute_url()).status_code == 200
    joined.ends_on, joined.ended_at = today(), timezone.now()
    joined.save()
    assert client.get(page("version", document, 1)).status_code == 404


def test_the_chair_of_a_group_keeps_its_documents_and_no_others(client, partnership, joined, group):
    user = member(joined.organisation, Role.COLLEAGUE)
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation, is_chair=True)
    of_all = DocumentFactory(partnership=partnership)
    login(client, user)
    put_in(client, partnership, group=group.public_id)
    refused = client.post(create(partnership), {"title": "Voor iedereen", "group": "", "file": pdf()})
    assert refused.context["form"].errors["group"]
    assert client.get(page("change", of_all)).status_code == 403
    assert "“" not in refused.context["form"].errors["group"][0]


def test_a_newer_version_takes_the_place_and_the_older_one_stays(client, coordinator, partnership):
    document = put_in(client, partnership)
    url = page("renew", document)
    made_from = client.get(url).context["form"]
    edit(client, url, {"file": pdf("plan 2.pdf", b"\n2")})
    body = client.get(document.get_absolute_url()).content.decode()
    assert body.index("plan 2.pdf") < body.rindex("plan.pdf")
    assert content_of(client, document, 1) == PDF
    assert content_of(client, document, 2) == PDF + b"\n2"
    assert made_from.read != versions.of(Document.objects.get())


def test_the_same_file_again_is_no_newer_version(client, coordinator, partnership):
    document = put_in(client, partnership)
    edit(client, page("renew", document), {"file": pdf("anders.pdf")})
    assert document.versions.count() == 1


def test_pressed_twice_it_is_kept_once(client, coordinator, partnership):
    first = put_in(client, partnership)
    assert put_in(client, partnership) == first
    assert StoredFile.objects.count() == 1


def test_who_saves_second_reads_first(coordinator, partnership):
    document = DocumentFactory(partnership=partnership)
    read = versions.of(document)
    Document.objects.filter(pk=document.pk).update(title="Intussen anders")
    document.title = "Toch zo"
    with pytest.raises(ValidationError):
        service.change(document=document, by=actor_of(coordinator), version=read)


def test_nothing_happens_on_an_old_page(client, coordinator, partnership):
    document = put_in(client, partnership)
    url = page("take-away", document)
    read = versions.of(Document.objects.get())
    edit(client, page("change", document), {"title": "Intussen anders"})
    client.post(url, {"read": read})
    assert not Document.objects.get().is_taken_away
    press(client, url, document)
    act = client.get(document.get_absolute_url()).context["undo"].act
    client.post(page("take-back", document), {"act": act.pk + 1})
    assert Document.objects.get().is_taken_away
    client.post(page("take-back", document), {"act": act.pk})
    assert not Document.objects.get().is_taken_away


def test_taken_away_nobody_reads_it_and_it_is_said(client, coordinator, partnership, joined):
    document = put_in(client, partnership)
    url = page("take-away", document)
    assert "14 dagen" in client.get(url).content.decode()
    press(client, url, document)
    body = client.get(document.get_absolute_url()).content.decode()
    assert "weggehaald" in body.lower()
    assert coordinator.person.full_name in body
    reader = member(joined.organisation, Role.MANAGER)
    login(client, reader)
    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(page("version", document, 1)).status_code == 404
    login(client, coordinator)
    act = client.get(document.get_absolute_url()).context["undo"].act
    client.post(page("take-back", document), {"act": act.pk})
    client.post(page("take-back", document), {"act": act.pk})  # once more changes nothing
    login(client, reader)
    assert client.get(document.get_absolute_url()).status_code == 200


def test_after_two_weeks_it_stays_away(client, coordinator, partnership):
    document = put_in(client, partnership)
    press(client, page("take-away", document), document)
    act = client.get(document.get_absolute_url()).context["undo"].act
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        login(client, coordinator)
        client.post(page("take-back", document), {"act": act.pk})
    assert Document.objects.get().is_taken_away


def test_title_and_readers_are_on_record(client, coordinator, partnership, group):
    document = put_in(client, partnership, group=group.public_id)
    edit(client, page("change", document), {"title": "Meerjarenplan", "for_members": "on"})
    body = client.get(document.get_absolute_url()).content.decode()
    assert "Jaarplan →" in body


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("plan.exe", b"MZ"), "Kies een pdf"),
        (SimpleUploadedFile("plan.pdf", b""), "leeg"),
        (SimpleUploadedFile("plan.pdf", b"geen pdf"), "Kies een pdf"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(client, coordinator, partnership, file, says):
    file.seek(0)
    answer = client.post(create(partnership), {"title": "Jaarplan", "group": "", "file": file})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert 'value="Jaarplan"' in answer.content.decode()
    assert not Document.objects.exists()


def test_nothing_is_put_in_once_the_partnership_is_over(partnership, joined):
    actor = acting(partnership.members.order_by("pk").first().organisation, Role.COORDINATOR)
    partnership.ends_on, partnership.ended_at = today(), timezone.now()
    partnership.save()
    with pytest.raises(ValidationError):
        service.add(document=Document(partnership=partnership, title="Te laat"), file=None, by=actor)


def test_a_document_is_of_a_group_of_its_own_partnership():
    document = DocumentFactory()
    document.group = GroupFactory()
    document.save()
    with pytest.raises(IntegrityError):
        connection.check_constraints()


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_however_long(fetched_in, coordinator, partnership, number):
    for _each in range(number):
        DocumentVersionFactory(document=DocumentFactory(partnership=partnership))
    fetched_in(5, list_of(partnership))


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_however_many_versions(fetched_in, coordinator, partnership, number):
    document = DocumentFactory(partnership=partnership)
    DocumentVersionFactory.create_batch(number, document=document)
    fetched_in(7, document.get_absolute_url())
