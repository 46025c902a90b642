"""The story of an initiative: versions with an image, and what a coordinator puts on the public page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from accounts.enums import Role
from accounts.models import Person
from partnerships.models import StoryVersion
from tests.factories.partnerships import (
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
    StoryVersionFactory,
)
from tests.helpers import coordinating, login, member, press

pytestmark = pytest.mark.django_db
CAMERA = "Camera van Kanarie"


def photo(width=2400, height=1200):
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile("nacht.jpg", content.getvalue())


@pytest.fixture
def owner():
    return member(OrganisationFactory(), Role.CONTACT)


@pytest.fixture
def initiative(owner):
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=owner.person.memberships.get().organisation)
    return InitiativeFactory(partnership=partnership, slug="maatjes", owner=owner.person)


@pytest.fixture
def coordinator(initiative):
    return Person.objects.get(pk=coordinating(initiative.partnership).person_id).user


def url(name, *args):
    return reverse(f"partnerships:{name}", args=["maatjes", *args])


def text(client, address):
    return " ".join(client.get(address).content.decode().split())


def image_of(response):
    return b"".join(response.streaming_content)


def test_e10_coordinator_publishes_a_story_with_an_image_that_keeps_nothing_of_the_camera(
    client, initiative, owner, coordinator
):
    """Story E-10: words with the image, smaller, without where and with what it was taken; online by the coordinator."""
    login(client, owner)
    said = {"text": "Zo ging onze eerste nacht.", "picture": photo(), "alt": "Twee studenten op een gang"}
    assert client.post(url("story-write"), said).status_code == 302
    client.post(url("story-write"), said | {"picture": photo()})  # pressed twice
    story = StoryVersion.objects.get()
    image = url("story-image", story.public_id)
    content = image_of(client.get(image))
    assert CAMERA.encode() not in content
    assert not Image.open(io.BytesIO(content)).getexif()
    assert Image.open(io.BytesIO(content)).size == (1600, 800)
    assert press(client, url("story-publish", story.public_id), story).status_code == 403
    client.logout()
    assert "Zo ging onze eerste nacht." not in text(client, initiative.get_absolute_url())
    assert client.get(image).status_code == 404
    login(client, coordinator)
    for _turn in range(2):
        press(client, url("story-publish", story.public_id), story)
    client.logout()
    public = text(client, initiative.get_absolute_url())
    assert "Zo ging onze eerste nacht." in public
    assert f'src="{image}" alt="Twee studenten op een gang"' in public
    assert client.get(image)["Content-Type"] == "image/jpeg"


def test_image_needs_words_and_is_an_image(client, initiative, owner):
    login(client, owner)
    page = client.post(url("story-write"), {"text": "Zo ging het.", "picture": photo(30, 20)})
    assert "Vul in wat er op het beeld staat" in page.content.decode()
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF")
    page = client.post(url("story-write"), {"text": "Zo ging het.", "picture": pdf, "alt": "Een plan"})
    assert "Kies een beeld: JPG of PNG." in page.content.decode()
    broken = SimpleUploadedFile("nacht.jpg", b"\xff\xd8\xff niets")
    assert client.post(url("story-write"), {"text": "Zo", "picture": broken, "alt": "x"}).status_code == 200
    assert not StoryVersion.objects.exists()


def test_newer_version_takes_the_place_of_the_one_online_and_is_taken_off(client, initiative, coordinator):
    first = StoryVersionFactory(initiative=initiative, text="Eerst dit.", state="published")
    second = StoryVersionFactory(initiative=initiative, text="Nu dit.")
    login(client, coordinator)
    press(client, url("story-publish", second.public_id), second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "published")
    press(client, url("story-replace", second.public_id), second)
    assert "Nu dit." not in text(client, initiative.get_absolute_url())


def test_one_story_is_online_and_an_image_has_words(initiative):
    StoryVersionFactory(initiative=initiative, state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryVersionFactory(initiative=initiative, state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryVersionFactory(initiative=initiative, alt="Niets te zien")


def test_drafts_of_another_partnership_are_not_found(client, initiative):
    story = StoryVersionFactory(initiative=initiative, text="Kanarie")
    login(client, Person.objects.get(pk=coordinating(PartnershipFactory()).person_id).user)
    for name in ("story", "story-image"):
        assert client.get(url(name, story.public_id)).status_code == 404
    assert "Kanarie" not in text(client, initiative.get_absolute_url())
