"""What a partnership says of itself is changed by whoever writes for it, and shown on its page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import FieldChange
from partnerships.actors import actor_of_person
from partnerships.services import partnerships as service
from tests.factories.partnerships import (
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    PartnershipThemeFactory,
)
from tests.helpers import acting, coordinating, edit, login, made_from, member

pytestmark = pytest.mark.django_db


def page_of(partnership) -> str:
    return reverse("partnerships:coordination-partnership-change", args=[partnership.slug])


def test_coordinator_changes_the_texts_and_everyone_reads_them(client, partnership, coordinator):
    PartnershipThemeFactory(partnership=partnership, name="Zij-instroom")
    assert page_of(partnership) in client.get(partnership.get_absolute_url()).content.decode()
    typed = {
        "summary": "Samen opleiden",
        "description": "Wij leren samen.",
        "provinces": ["fl", "ov"],
        "municipalities": "Lelystad, Urk\n  Noord  Oost Polder ;lelystad",
        "branches": ["welfare"],
    }
    assert edit(client, page_of(partnership), typed).url == partnership.get_absolute_url()
    partnership.refresh_from_db()
    assert partnership.municipalities == ["Lelystad", "Urk", "Noord Oost Polder"]
    assert (partnership.provinces, partnership.branches) == (["fl", "ov"], ["welfare"])
    client.logout()
    said = client.get(partnership.get_absolute_url()).content.decode()
    for text in ("Samen opleiden", "Wij leren samen.", "Lelystad, Urk, Noord Oost Polder", "Zij-instroom"):
        assert text in said
    assert page_of(partnership) not in said


def test_region_is_on_record_and_stands_on_the_page(client, partnership, coordinator):
    edit(client, page_of(partnership), {"provinces": ["ov"]})
    made = FieldChange.objects.get(model="partnerships.partnership")
    assert (made.field, made.before, made.after) == ("provinces", ["fl"], ["ov"])
    said = client.get(page_of(partnership))
    assert [(line.before, line.after) for line in said.context["history"]] == [("Flevoland", "Overijssel")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"municipalities": "a" * 81}, "municipalities"),
        ({"municipalities": ",".join(f"Plaats {n}" for n in range(61))}, "municipalities"),
        ({"summary": "a" * 301}, "summary"),
        ({"provinces": ["xx"]}, "provinces"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(client, partnership, coordinator, typed, field):
    page = edit(client, page_of(partnership), {"description": "Getypt", **typed})
    assert list(page.context["form"].errors) == [field]
    assert "Getypt" in page.content.decode()
    partnership.refresh_from_db()
    assert partnership.description == ""


def test_two_tabs_lose_nothing(client, partnership, coordinator):
    first, second = (made_from(client, page_of(partnership)) for _ in range(2))
    client.post(page_of(partnership), {**first, "provinces": ["fl"], "summary": "Van de een"})
    shown = client.post(page_of(partnership), {**second, "provinces": ["fl"], "summary": "Van de ander"})
    said = shown.content.decode()
    assert "<del>een</del>" in said
    assert "<ins>ander</ins>" in said
    partnership.refresh_from_db()
    assert partnership.summary == "Van de een"


def test_service_asks_who_writes_and_writes_nothing_else():
    seat = GroupSeatFactory(of="expert", is_secretary=True)
    partnership = seat.group.partnership
    joined = MemberFactory(partnership=partnership)
    values = {"partnership": partnership, "version": versions.of(partnership)}
    partnership.summary, partnership.name, partnership.is_published = "Kort", "Anders", False
    for by in (acting(joined.organisation, Role.MANAGER), coordinating(MemberFactory().partnership)):
        with pytest.raises(ValidationError, match="stuurgroep"):
            service.save_texts(**values, by=by)
    saved = service.save_texts(**values, by=actor_of_person(seat.person_id))
    saved.refresh_from_db()
    assert saved.summary == "Kort"
    assert saved.name != "Anders"
    assert saved.is_published


def test_whoever_leads_the_steering_group_gives_nobody_sight_of_places(client, partnership):
    """Provinces say whose places members find: those are the coordinators' to choose."""
    joined = MemberFactory(partnership=partnership)
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=partnership, kind="steering")
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation, is_chair=True)
    login(client, user)
    assert "provinces" not in client.get(page_of(partnership)).context["form"].fields
    edit(client, page_of(partnership), {"summary": "Kort", "provinces": ["ov", "ge"]})
    partnership.refresh_from_db()
    assert (partnership.summary, partnership.provinces) == ("Kort", ["fl"])
    version, partnership.provinces = versions.of(partnership), ["ov"]
    with pytest.raises(ValidationError, match="coördinator"):
        service.save_texts(partnership=partnership, version=version, by=actor_of_person(user.person.pk))


def test_partnership_that_is_over_keeps_its_texts(client, partnership, coordinator):
    partnership.ends_on = today() - timedelta(days=1)
    partnership.save()
    page = client.get(page_of(partnership), follow=True)
    assert page.redirect_chain == [(partnership.get_absolute_url(), 302)]
    assert "Deze samenwerking is beëindigd." in page.content.decode()
    partnership.refresh_from_db()
    with pytest.raises(ValidationError):
        service.save_texts(
            partnership=partnership,
            version=versions.of(partnership),
            by=coordinating(partnership),
        )


def test_member_reads_and_changes_nothing(client, partnership):
    joined = MemberFactory(partnership=partnership)
    login(client, member(joined.organisation, Role.MANAGER))
    assert page_of(partnership) not in client.get(partnership.get_absolute_url()).content.decode()
    assert client.post(page_of(partnership), {"summary": "Anders"}).status_code == 403
