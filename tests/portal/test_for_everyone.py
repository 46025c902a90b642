"""Pages that anyone can read are made once a minute for all who are not signed in, and hold nothing of anyone."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from accounts.enums import Role
from accounts.sessions import SessionStore
from core import for_everyone
from partnerships.enums import MemberRole
from partnerships.models import Initiative
from tests.consistency.test_addresses import named_patterns
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.playbooks import PlaybookVersionFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member
from tests.silence import SilentServer
from tests.strict import StrictClient
from ui.messages import NamedCookieStorage

pytestmark = pytest.mark.django_db
A_REQUEST = 3.0  # seconds
STANDING = ("home", "for-employers", "for-students", "about", "help", "accessibility", "privacy", "colophon")
LISTS = (
    "partnerships:initiative-list",
    "partnerships:call-list",
    "partnerships:partnership-list",
    "playbooks:playbook-list",
    "playbooks:playbook-family",
    "search:search",
)


@pytest.fixture
def partnership():
    partnership = PartnershipFactory(is_published=True)
    lead = OrganisationFactory(name="Zorggroep De Linde", is_published=True)
    MemberFactory(partnership=partnership, organisation=lead, role=MemberRole.LEAD)
    return partnership


@pytest.fixture
def initiative(partnership):
    return InitiativeFactory(partnership=partnership, title="Leren in de wijk")


@pytest.fixture
def pages(partnership, initiative):
    """The address of every page that is kept."""
    lead = partnership.members.get().organisation
    version = PlaybookVersionFactory(playbook__partnership=partnership, parts=["Vergaderen"], published=True)
    details = [
        version.playbook.get_absolute_url(),
        version.get_absolute_url(),
        reverse("partnerships:initiative-detail", args=[initiative.slug]),
        reverse("partnerships:call-detail", args=[CallFactory(partnership=partnership).slug]),
        reverse("partnerships:partnership-detail", args=[partnership.slug]),
        reverse("partnerships:organisation-detail", args=[lead.slug]),
    ]
    return [*map(reverse, (*STANDING, *LISTS)), *details]


def test_every_page_is_kept_and_asks_nothing_the_second_time(pages, django_assert_num_queries):
    for page in pages:
        first = StrictClient().get(page)
        assert first.status_code == 200, page
        with django_assert_num_queries(0):
            second = StrictClient().get(page)
        assert second.content == first.content
        assert second["ETag"] == first["ETag"]
        assert "Cookie" in second["Vary"]
        assert second["Cache-Control"] == "private, no-cache"
        for answer in (first, second):
            assert not answer.cookies
            assert b"csrfmiddlewaretoken" not in answer.content
        for header in ("Content-Security-Policy", "Content-Language", "Content-Type", "X-Frame-Options"):
            assert second[header] == first[header]


def test_view_that_is_kept_is_open_to_visitors_and_tried_here(pages):
    kept = {name for name, pattern in named_patterns(get_resolver()) if _is_kept(pattern.callback)}
    tried = {get_resolver().resolve(page).view_name for page in pages}
    assert kept == tried


def _is_kept(view: Any) -> bool:
    while view is not None:
        if getattr(view, "__code__", None) is _CODE:
            return True
        view = getattr(view, "func", None) or getattr(view, "__wrapped__", None)
    return False


_CODE = for_everyone.for_everyone(lambda request: HttpResponse()).__code__


def test_page_that_the_browser_has_is_not_sent_again(client, pages):
    first = client.get(pages[0])
    again = client.get(pages[0], headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "Cookie" in again["Vary"]
    assert client.get(pages[0], headers={"If-None-Match": '"anders"'}).status_code == 200


def persona(name: str, partnership: Any) -> Any:
    lead = partnership.members.get().organisation
    if name == "student":
        return EnrolmentFactory(cohort__programme__partnership=partnership).student.person.user
    if name == "administrator":
        return UserFactory(is_staff=True)
    return member(
        lead, {"manager": Role.MANAGER, "contact": Role.CONTACT, "coordinator": Role.COORDINATOR}[name]
    )


@pytest.mark.parametrize("name", ["student", "manager", "contact", "coordinator", "administrator"])
def test_nothing_of_who_is_signed_in_is_kept_and_nothing_kept_is_given_to_them(pages, partnership, name):
    user = persona(name, partnership)
    own = StrictClient()
    login(own, user)
    theirs = {page: own.get(page).content for page in pages}
    kept = {page: StrictClient().get(page).content for page in pages}
    cache.clear()
    assert {page: StrictClient().get(page).content for page in pages} == kept
    for page in pages:
        again = own.get(page)
        assert b"/account/uitloggen/" in again.content
        assert again["Cache-Control"] == "private, no-store"
        assert "ETag" not in again
        assert b"/account/uitloggen/" in theirs[page]
        for word in (b"/account/uitloggen/", user.person.last_name.encode(), user.email.encode()):
            assert word not in kept[page]


def test_language_colours_and_htmx_each_have_their_own(pages):
    page = reverse("partnerships:initiative-list")
    asked: dict[str, Callable[[StrictClient], Any]] = {
        "plain": lambda client: client.get(page),
        "en": lambda client: _with(client, django_settings.LANGUAGE_COOKIE_NAME, "en").get(page),
        "dark": lambda client: _with(client, django_settings.THEME_COOKIE_NAME, "donker").get(page),
        "htmx": lambda client: client.get(page, headers={"HX-Request": "true"}),
        "address": lambda client: client.get(page, {"q": "wijk"}),
    }
    first = {name: ask(StrictClient()).content for name, ask in asked.items()}
    assert len(set(first.values())) == len(asked)
    assert {name: ask(StrictClient()).content for name, ask in asked.items()} == first
    assert b'lang="en"' in first["en"]
    assert b'data-theme="dark"' in first["dark"]


def _with(client: StrictClient, cookie: str, value: str) -> StrictClient:
    client.cookies[cookie] = value
    return client


def is_kept(ask: Callable[[], Any], initiative: Initiative) -> bool:
    """Whether what is asked again is what it was, when it has another title by now past what is looked at."""
    ask()
    Initiative.objects.filter(pk=initiative.pk).update(title="Anders in de wijk")
    is_same = "Anders in de wijk" not in ask().content.decode()
    Initiative.objects.filter(pk=initiative.pk).update(title="Leren in de wijk")
    cache.clear()
    return is_same


def test_long_addresses_heads_and_who_is_told_something_are_not_kept(client, rf, initiative):
    page = reverse("partnerships:initiative-list")
    assert is_kept(lambda: client.get(page), initiative)
    assert not is_kept(lambda: client.get(f"{page}?{'a' * 200}=1"), initiative)
    client.head(page)
    Initiative.objects.filter(pk=initiative.pk).update(title="Na het hoofd")
    assert "Na het hoofd" in client.get(page).content.decode()
    Initiative.objects.filter(pk=initiative.pk).update(title="Leren in de wijk")
    cache.clear()
    told = StrictClient()
    told.cookies[django_settings.MESSAGE_COOKIE_NAME] = "iets"
    assert is_kept(lambda: told.get(page), initiative)  # but for its frame, which holds what they are told
    assert not is_kept(lambda: told.get(f"{page}?{'a' * 200}=1"), initiative)
    assert not client.get(f"{page}?{'a' * 200}=1").cookies
    assert client.post(page).status_code == 405


def answer_of(view: Any) -> list[int]:
    """How often the view was asked for two visitors."""
    asked: list[int] = []

    @for_everyone.for_everyone
    def counted(request: Any) -> HttpResponse:
        asked.append(1)
        return view(request)

    for _visitor in range(2):
        request = RequestFactory().get("/")
        request.session = SessionStore()
        counted(request)
    return asked


def test_answer_with_a_token_a_cookie_or_a_session_is_never_kept():
    def with_cookie(_request: Any) -> HttpResponse:
        response = HttpResponse("a")
        response.set_cookie("a", "b", secure=True, httponly=True, samesite="Lax")
        return response

    def with_session(request: Any) -> HttpResponse:
        request.session["a"] = "b"
        return HttpResponse("a")

    assert answer_of(lambda _request: HttpResponse("a")) == [1]
    cache.clear()
    for view in (
        with_cookie,
        with_session,
        lambda request: HttpResponse(get_token(request)),
        lambda _request: HttpResponse("a", status=404),
        lambda _request: HttpResponse("a", headers={"Cache-Control": "no-store"}),
    ):
        assert answer_of(view) == [1, 1]


def test_what_was_changed_shows_at_once_and_past_the_models_within_the_time(client, monkeypatch, initiative):
    page = reverse("partnerships:initiative-detail", args=[initiative.slug])
    monkeypatch.setattr(for_everyone, "SECONDS", 1)
    client.get(page)
    Initiative.objects.filter(pk=initiative.pk).update(title="Zonder het model")
    assert "Leren in de wijk" in client.get(page).content.decode()
    time.sleep(1.1)
    assert "Zonder het model" in client.get(page).content.decode()
    monkeypatch.undo()
    initiative.title = "Met het model"
    initiative.save()
    assert "Met het model" in client.get(page).content.decode()
    initiative.is_published = False
    initiative.save()
    assert client.get(page).status_code == 404
    assert for_everyone.SECONDS == 60


def test_page_made_before_a_change_is_not_given_after_it(client, initiative):
    """Who makes a page reads the rows as they were, and puts it away only after someone changed them."""
    page = reverse("partnerships:initiative-detail", args=[initiative.slug])
    client.get(page)
    key = next(
        key.decode() for key in cache._cache.get_client().keys("*for-everyone:*") if b"last" not in key
    )
    name = key.split(":1:", 1)[1]
    made = cache.get(name)
    initiative.title = "Nieuw"
    initiative.save()
    cache.set(name, made, 60)
    assert "Nieuw" in client.get(page).content.decode()


def test_without_a_cache_the_page_is_made_anew_without_a_long_wait(settings, client, initiative):
    with SilentServer() as server:
        location = f"redis://127.0.0.1:{server.port}/1"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}
        page = reverse("partnerships:initiative-list")
        started = time.monotonic()
        first = client.get(page)
        Initiative.objects.filter(pk=initiative.pk).update(title="Anders in de wijk")
        second = client.get(page)
        assert time.monotonic() - started < A_REQUEST
        assert server.asked == 1
    assert "Leren in de wijk" in first.content.decode()
    assert "Anders in de wijk" in second.content.decode()
    assert not second.cookies


@pytest.mark.parametrize("name", ["set-language", "set-theme"])
def test_foot_asks_no_token_and_takes_nothing_from_other_sites(csrf_client, name):
    sent = {"language": "en", "thema": "donker", "next": "/over/"}
    site = RequestFactory().get("/").build_absolute_uri("/").rstrip("/")
    own = {"Origin": site, "Sec-Fetch-Site": "same-origin"}
    answer = csrf_client.post(reverse(name), sent, headers=own)
    assert (answer.status_code, answer.url) == (302, "/over/")
    for elsewhere in (
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        refused = csrf_client.post(reverse(name), sent, headers=elsewhere)
        assert refused.status_code == 403
        assert not {"taal", "thema"} & refused.cookies.keys()


SHARED = ("home", "partnerships:initiative-list")


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.parametrize("who", ["student", "coordinator", "administrator"])
def test_parts_that_are_the_same_for_everyone_are_kept_for_who_is_signed_in(
    partnership, initiative, django_assert_max_num_queries, name, who
):
    """The second reader asks the database only who they are, and reads what a visitor reads, in a frame of their own."""
    page, readers = reverse(name), [StrictClient(), StrictClient()]
    for reader, user in zip(
        readers, [persona(who, partnership), persona("manager", partnership)], strict=True
    ):
        login(reader, user)
        reader.get(reverse("about"))
    visitor = StrictClient().get(page).content.decode()
    for reader in readers:
        with django_assert_max_num_queries(4):
            read = reader.get(page).content.decode()
        assert _main(read) == _main(visitor)
        assert "/account/uitloggen/" in read
        assert _title(read) == _title(visitor)


def _main(html: str) -> str:
    return html.partition("<main ")[2].partition("</main>")[0]


def _title(html: str) -> str:
    return html.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("word", ["parts", "page"])
def test_colours_that_a_visitor_makes_up_take_no_page_from_others(pages, partnership, word):
    reader = StrictClient()
    login(reader, persona("manager", partnership))
    for page in map(reverse, ("home", "partnerships:initiative-list")):
        for _turn in range(2):
            assert _with(StrictClient(), django_settings.THEME_COOKIE_NAME, word).get(page).status_code == 200
        assert reader.get(page).status_code == 200
        assert StrictClient().get(page).status_code == 200


def test_initiative_taken_back_shows_to_nobody_any_more(partnership, initiative):
    """Whoever is signed in or not, in the list, on the first page, in its counts and in what was searched for."""
    reader = StrictClient()
    login(reader, persona("student", partnership))
    browse = reverse("partnerships:initiative-list")
    asked = [reverse("home"), browse, f"{browse}?q=wijk", f"{browse}?fase=loopt", f"{browse}?sorteer=naam"]
    for page in asked:
        for one in (StrictClient(), reader):
            assert "Leren in de wijk" in one.get(page).content.decode(), page
    initiative.is_published = False
    initiative.save()
    for page in asked:
        for one in (reader, StrictClient()):
            html = one.get(page).content.decode()
            assert "Leren in de wijk" not in html, page
            assert 'class="m1"' not in html, page  # no province of the map counts it


def test_what_the_title_says_of_a_list_is_of_its_address(partnership):
    InitiativeFactory.create_batch(13, partnership=partnership)
    browse = reverse("partnerships:initiative-list")
    for _turn in range(2):
        assert _title(StrictClient().get(browse).content.decode()) == "Initiatieven | Leerpact"
        second = StrictClient().get(f"{browse}?page=2&fase=loopt").content.decode()
        assert _title(second) == "Initiatieven, loopt, pagina 2 | Leerpact"


def test_what_one_reader_is_told_stands_in_no_part_for_others(partnership, rf):
    """A message stands in the page of its reader, also where that is the first to make the parts."""
    page = reverse("partnerships:initiative-list")
    told = StrictClient()
    login(told, persona("student", partnership))
    storage = NamedCookieStorage(rf.get("/"))
    storage.add(messages.INFO, "Alleen voor jou.")
    answer = HttpResponse()
    storage.update(answer)
    told.cookies[django_settings.MESSAGE_COOKIE_NAME] = answer.cookies[
        django_settings.MESSAGE_COOKIE_NAME
    ].value
    assert "Alleen voor jou." in _main(told.get(page).content.decode())
    other = StrictClient()
    login(other, persona("manager", partnership))
    for one in (told, other, StrictClient()):
        assert "Alleen voor jou." not in one.get(page).content.decode()


def test_visitor_who_is_told_something_reads_it_and_not_the_kept_page(client, rf):
    page = reverse("home")
    plain = client.get(page).content
    storage = NamedCookieStorage(rf.get("/"))
    storage.add(messages.INFO, "Je bent uitgelogd.")
    answer = HttpResponse()
    storage.update(answer)
    client.cookies[django_settings.MESSAGE_COOKIE_NAME] = answer.cookies[
        django_settings.MESSAGE_COOKIE_NAME
    ].value
    assert "Je bent uitgelogd." in client.get(page).content.decode()
    assert StrictClient().get(page).content == plain
