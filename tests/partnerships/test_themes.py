"""Themes of a partnership: named by who writes for it, with what is tried under each."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from partnerships.models import Initiative, PartnershipTheme
from partnerships.services import action_lines
from partnerships.services import parts as service
from tests.factories.partnerships import (
    ActionLineFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    PartnershipThemeFactory,
    ThemeFactory,
)
from tests.helpers import acting, coordinating, edit, login, made_from, member

pytestmark = pytest.mark.django_db


def list_of(partnership) -> str:
    return reverse("partnerships:partnership-themes", args=[partnership.slug])


def page(name, theme) -> str:
    return reverse(f"partnerships:coordination-theme-{name}", args=[theme.partnership.slug, theme.public_id])


def create(partnership) -> str:
    return reverse("partnerships:coordination-theme-create", args=[partnership.slug])


def change(client, theme, **typed):
    """Its form with these fields typed over."""
    url = page("change", theme)
    form = client.get(url).context["form"]
    stands = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return edit(client, url, {**stands, **typed})


def later(days):
    return time_machine.travel(dt.datetime.combine(today() + dt.timedelta(days=days), dt.time(12), dt.UTC))


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership)


@pytest.fixture
def theme(partnership):
    return PartnershipThemeFactory(partnership=partnership, name="Het gat dichten")


def under(theme, **values) -> Initiative:
    initiative = InitiativeFactory(partnership=theme.partnership, **values)
    initiative.themes.add(theme.root)
    return initiative


def test_e01_chair_keeps_the_themes_and_sees_what_runs_under_each(client, partnership, joined):
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=partnership, kind="steering")
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation, is_chair=True)
    login(client, user)
    root = ThemeFactory()
    assert create(partnership) in client.get(list_of(partnership)).content.decode()
    made = edit(client, create(partnership), {"root": root.pk, "name": "Het gat dichten"})
    theme = PartnershipTheme.objects.get()
    assert made.url == theme.get_absolute_url()
    initiative = under(theme, state="running")
    change(client, theme, name="Dichter bij elkaar")
    shown = client.get(list_of(partnership))
    assert [(row.theme.name, row.initiatives, row.lacks) for row in shown.context["rows"]] == [
        ("Dichter bij elkaar", [initiative], False)
    ]
    shown = client.get(theme.get_absolute_url())
    assert initiative.title in shown.content.decode()
    assert [(one.field, one.before, one.after) for one in shown.context["history"]] == [
        ("Naam", "Het gat dichten", "Dichter bij elkaar")
    ]


@pytest.mark.parametrize(
    ("state", "lacks"),
    [
        ("idea", True),
        ("preparation", True),
        ("running", False),
        ("scaled_up", False),
        ("finished", True),
        ("stopped", True),
    ],
)
def test_e01_theme_without_a_running_experiment_is_marked(client, theme, joined, state, lacks):
    reason = {"stop_reason": "Te weinig tijd."} if state == "stopped" else {}
    under(theme, state=state, **reason)
    InitiativeFactory(state="running").themes.add(theme.root)  # of another partnership
    login(client, member(joined.organisation, Role.COLLEAGUE))
    assert ("geen lopend initiatief" in client.get(list_of(theme.partnership)).content.decode()) is lacks
    said = client.get(theme.get_absolute_url()).content.decode()
    assert ("Bij dit thema loopt geen initiatief." in said) is lacks


def test_theme_without_a_name_is_called_as_the_shared_one(client, partnership, coordinator):
    root = ThemeFactory(name="Zij-instroom")
    edit(client, create(partnership), {"root": root.pk, "name": ""})
    assert PartnershipTheme.objects.get().name == "Zij-instroom"


def test_visitors_read_its_name_and_find_initiatives_by_the_shared_one(client, theme):
    ended = PartnershipThemeFactory(partnership=theme.partnership, ends_on=today() - dt.timedelta(days=1))
    said = client.get(theme.partnership.get_absolute_url()).content.decode()
    assert theme.name in said
    assert f"?thema={theme.root.slug}" in said
    assert ended.name not in said
    assert list_of(theme.partnership) not in said
    shown = under(theme)
    found = client.get(reverse("partnerships:initiative-list"), {"thema": theme.root.slug})
    assert shown.title in found.content.decode()


def test_page_of_an_initiative_leads_insiders_to_the_themes_of_their_partnership(client, theme, joined):
    url = under(theme).get_absolute_url()
    assert theme.get_absolute_url() not in client.get(url).content.decode()
    login(client, member(joined.organisation, Role.COLLEAGUE))
    assert theme.get_absolute_url() in client.get(url).content.decode()


def test_members_read_and_change_nothing(client, theme, joined):
    login(client, member(joined.organisation, Role.COLLEAGUE))
    hidden = under(theme, is_published=False, state="running")
    for url in (list_of(theme.partnership), theme.get_absolute_url()):
        said = client.get(url).content.decode()
        assert theme.name in said
        assert hidden.title not in said
        assert page("change", theme) not in said
    assert client.post(page("change", theme), {"name": "Anders"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"root": ""}, "root"),
        ({"root": 0}, "root"),
        ({"name": "a" * 81}, "name"),
        ({"name": "www.zorg.nl"}, "name"),
        ({"name": "Praktijkleren"}, "name"),
        ({"ends_on": today() - dt.timedelta(days=2)}, "ends_on"),
        ({"starts_on": "2126-01-01"}, "starts_on"),
    ],
)
def test_what_cannot_be_is_refused(client, theme, coordinator, typed, field):
    PartnershipThemeFactory(partnership=theme.partnership, name="Praktijkleren")
    said = change(client, theme, **typed)
    assert list(said.context["form"].errors) == [field]
    theme.refresh_from_db()
    assert theme.name == "Het gat dichten"


def test_shared_theme_has_one_own_theme_at_a_time(client, theme, coordinator):
    said = edit(client, create(theme.partnership), {"root": theme.root.pk, "name": "Nog een"})
    assert "hoort in deze periode al bij dit gedeelde thema" in said.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnershipThemeFactory(partnership=theme.partnership, root=theme.root, name="Nog een")
    PartnershipThemeFactory(root=theme.root)  # of another partnership


def test_theme_is_ended_at_once_and_goes_on_for_two_weeks(client, theme, coordinator):
    asked = client.get(page("end", theme))
    said = client.post(page("end", theme), {"read": asked.context["read"]}, follow=True).content.decode()
    assert "Thema laten doorgaan" in said
    assert not PartnershipTheme.objects.running().exists()
    client.get(page("change", theme), follow=True)
    theme.refresh_from_db()
    for _press in range(2):
        said = client.post(page("reopen", theme), {"read": theme.row_version}, follow=True).content.decode()
    assert page("end", theme) in said
    by = coordinating(theme.partnership)
    service.end(part=theme, by=by, read=None)
    with later(15), pytest.raises(ValidationError, match="14 dagen"):
        service.reopen(part=theme, by=by, read=None)
    PartnershipThemeFactory(partnership=theme.partnership, root=theme.root)
    with pytest.raises(ValidationError, match="gedeelde thema"):
        service.reopen(part=theme, by=by, read=None)


def test_nothing_happens_on_an_old_page(client, theme, coordinator):
    old = versions.of(theme)
    PartnershipTheme.objects.filter(pk=theme.pk).update(name="Anders")
    said = client.post(page("end", theme), {"read": old}, follow=True).content.decode()
    assert str(versions.CHANGED) in said
    service.end(part=theme, by=coordinating(theme.partnership), read=None)
    client.post(page("reopen", theme), {"read": old})
    assert not PartnershipTheme.objects.running().exists()


def test_two_tabs_lose_nothing(client, theme, coordinator):
    first, second = (made_from(client, page("change", theme)) for _ in range(2))
    client.post(page("change", theme), {**first, "root": theme.root.pk, "name": "Van de een"})
    typed = {"root": theme.root.pk, "name": "Van de ander"}
    said = client.post(page("change", theme), {**second, **typed}).content.decode()
    assert "<ins>ander</ins>" in said
    theme.refresh_from_db()
    assert theme.name == "Van de een"


def test_service_asks_who_writes(theme, joined):
    new = PartnershipTheme(partnership=theme.partnership, root=ThemeFactory(), name="Nieuw")
    for by in (acting(joined.organisation, Role.MANAGER), coordinating(MemberFactory().partnership)):
        for act in (
            lambda by: service.save(part=theme, by=by, version=None),
            lambda by: service.save(part=new, by=by, version=None),
            lambda by: service.end(part=theme, by=by, read=None),
            lambda by: service.reopen(part=theme, by=by, read=None),
        ):
            with pytest.raises(ValidationError, match="stuurgroep"):
                act(by)


def test_nothing_begins_where_the_partnership_is_over(client, theme, coordinator):
    theme.partnership.ends_on = today() - dt.timedelta(days=1)
    theme.partnership.save()
    for url in (create(theme.partnership), page("change", theme)):
        assert "Deze samenwerking is beëindigd." in client.get(url, follow=True).content.decode()


def test_action_line_is_of_a_theme_of_its_own_partnership(client, theme, coordinator):
    line = ActionLineFactory(partnership=theme.partnership, theme=theme)
    assert line.title in client.get(theme.get_absolute_url()).content.decode()
    assert theme.name in client.get(line.get_absolute_url()).content.decode()
    line.theme = PartnershipThemeFactory()
    with pytest.raises(ValidationError, match="thema van deze samenwerking"):
        action_lines.save(line=line, by=coordinating(theme.partnership), version=None)


def test_list_costs_the_same_for_one_theme_and_for_three(fetched_in, partnership, coordinator):
    for number in (1, 2):
        for theme in PartnershipThemeFactory.create_batch(number, partnership=partnership):
            under(theme)
        fetched_in(5, list_of(partnership))
    fetched_in(6, theme.get_absolute_url())
