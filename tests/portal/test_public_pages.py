"""What public pages tell search engines, feed readers and whoever shares them: of what is published, and nothing else."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from lxml import etree
from PIL import Image

from core.dates import today
from tests.factories.partnerships import (
    CallFactory,
    InitiativeFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.playbooks import PlaybookVersionFactory

pytestmark = pytest.mark.django_db

HOSTILE = 'Leren </script><script>alert("x")</script> & werken'
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def head(client, url):
    html = client.get(url).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found, url
    said = json.loads(found.group(1))
    tags = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', html))
    return html, said, tags


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: InitiativeFactory(title="Samen leren", summary=HOSTILE, provinces=["fl"]), "Project"),
        (lambda: PartnershipFactory(name="Samen leren", summary=HOSTILE, provinces=["fl"]), "Consortium"),
        (lambda: CallFactory(title="Samen leren", summary=HOSTILE), "Demand"),
    ],
)
def test_page_of_one_thing_says_what_it_is(client, make, kind):
    row = make()
    html, said, tags = head(client, row.get_absolute_url())
    assert (said["@type"], said["name"], said["description"]) == (kind, "Samen leren", HOSTILE)
    assert said["url"] == f"{settings.SITE_URL}{row.get_absolute_url()}"
    assert tags["og:url"] == said["url"]
    assert html.count('<meta name="description"') == 1
    assert "<script>alert" not in html
    if kind != "Demand":
        assert said["areaServed"] == ["Flevoland"]


@pytest.mark.parametrize(
    "name",
    ["home", "partnerships:initiative-list", "partnerships:partnership-list", "partnerships:call-list"],
)
def test_list_has_one_address_whatever_is_chosen(client, name):
    url = reverse(name)
    html, said, tags = head(client, f"{url}?provincie=fl")
    assert said["url"] == tags["og:url"] == f"{settings.SITE_URL}{url}"
    assert f'<link rel="canonical" href="{settings.SITE_URL}{url}">' in html


def test_picture_is_as_large_as_networks_show_whole():
    with Image.open(finders.find("img/share.png")) as picture:
        assert picture.size == (1200, 630)


def test_page_that_is_not_public_says_nothing_of_itself(client):
    html = client.get(reverse("account_login")).content.decode()
    assert "og:title" not in html
    assert html.count('<meta name="description"') == 1


def test_sitemap_holds_what_is_published_and_nothing_else(client):
    shown = [InitiativeFactory(), PartnershipFactory(), CallFactory(), OrganisationFactory()]
    shown.append(PlaybookVersionFactory(parts=["Vergaderen"], published=True))
    hidden = [
        factory(is_published=False)
        for factory in (InitiativeFactory, PartnershipFactory, CallFactory, OrganisationFactory)
    ]
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = [node.text for node in index.iter(f"{SITEMAP}loc")]
    assert len(files) == 6
    urls = set()
    for file in files:
        answer = client.get("/" + file.split("/", 3)[3])
        assert answer.status_code == 200
        urls |= {
            node.text.split("/", 3)[3] for node in etree.fromstring(answer.content).iter(f"{SITEMAP}loc")
        }
    for row in shown:
        assert row.get_absolute_url()[1:] in urls
    for row in hidden:
        assert row.get_absolute_url()[1:] not in urls
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert client.get("/sitemap-niets.xml").status_code == 404


def test_feed_follows_the_filters_of_the_list(client):
    near = InitiativeFactory(title="Dichtbij", provinces=["fl"], refreshed_on=today() - timedelta(days=1))
    InitiativeFactory(title="Verweg", provinces=["li"])
    listed = client.get(reverse("partnerships:initiative-list"), {"provincie": "fl"}).content.decode()
    link = re.search(r'type="application/atom\+xml"[^>]*href="([^"]+)"', listed, re.S).group(1)
    feed = client.get(link.replace("&amp;", "&")).content.decode()
    assert near.title in feed
    assert "Verweg" not in feed
    assert "Flevoland" in feed
    assert (
        client.get(reverse("partnerships:initiative-feed"), {"provincie": "xx", "q": '"'}).status_code == 200
    )


def test_partnerships_stand_in_the_menu(client):
    assert f'href="{reverse("partnerships:partnership-list")}"' in client.get("/over/").content.decode()
