"""The cooperation agreement in versions: written, put up for signature, signed by each party, and then it stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import OutgoingMail, StateChange
from partnerships.enums import CooperationState
from partnerships.models import CooperationSignature, CooperationVersion, Promise
from partnerships.models.cooperation import MOST_PROMISES
from partnerships.presenters import next_steps
from partnerships.services import cooperation as service
from partnerships.services import organisations
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CooperationPartyFactory,
    CooperationSignatureFactory,
    CooperationVersionFactory,
    MemberFactory,
    OrganisationFactory,
    PromiseFactory,
)
from tests.helpers import acting, actor_of, coordinating, login, login_fresh, made_from, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties(partnership):
    """A care provider and a school in the partnership."""
    pair = [OrganisationFactory(name="De Haven"), OrganisationFactory(school=True, name="Roc Delta")]
    for organisation in pair:
        MemberFactory(partnership=partnership, organisation=organisation)
    return pair


@pytest.fixture
def coordinator(client, partnership):
    """The coordinator of `partnership`, signed in; other organisations may take part already."""
    user = member(partnership.members.get(role="coordinating_body").organisation, Role.COORDINATOR)
    login(client, user)
    return user


@pytest.fixture
def draft(partnership, parties):
    return CooperationVersionFactory(partnership=partnership, parties=parties)


@pytest.fixture
def asked(partnership, parties):
    return CooperationVersionFactory(partnership=partnership, parties=parties, asked=True)


def create_url(partnership):
    return reverse("partnerships:coordination-cooperation-create", args=[partnership.slug])


def url(name, version, *more):
    args = [version.partnership.slug, version.public_id, *(one.slug for one in more)]
    return reverse(f"partnerships:{name}", args=args)


def party_of(version, organisation):
    return version.parties.get(organisation=organisation)


def on_page(client, page):
    """What a browser sends of the form on a page as it is."""
    answer = client.get(page)
    form = answer.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {
        name: str(value) if not isinstance(value, list) else value for name, value in sent.items() if value
    }
    return sent | made_from(client, page)


def save(client, page, **typed):
    return client.post(page, on_page(client, page) | typed)


def sign_all(version):
    by = coordinating(version.partnership)
    for party in version.parties.all():
        service.record(
            version_id=version.pk,
            party_id=party.pk,
            function="bestuurder",
            name="",
            signed_on=today(),
            by=by,
            read=None,
        )
    version.refresh_from_db()
    return version


def test_a01_coordinator_records_the_agreement_and_both_parties_look_it_up(
    client, partnership, parties, coordinator
):
    """Story A-01: date, signers by role, shared vision and end date; signed is read-only, changes make a new version."""
    haven, roc = parties
    typed = {
        "vision": "Zorg die bij mensen past.",
        "starts_on": "12-05-2021",
        "ends_on": str(today() + timedelta(days=400)),
        "parties": [haven.pk, roc.pk],
        "new_1_text": "Elke student krijgt een eigen leerplan.",
        "new_1_organisation": roc.pk,
        "new_1_due_on": str(today() + timedelta(days=60)),
        "new_2_text": "We gebruiken elkaars kennis.",
    }
    saved = client.post(create_url(partnership), typed)
    version = CooperationVersion.objects.get()
    assert saved.url == version.get_absolute_url()
    ask = url("coordination-cooperation-ask", version)
    assert "De Haven, Roc Delta" in client.get(ask).content.decode()
    client.post(ask, {"read": versions.of(version)})
    for organisation, function, day in (
        (haven, "bestuurder", "12-05-2021"),
        (roc, "teamleider Maatschappelijke Zorg", "10-05-2021"),
    ):
        version.refresh_from_db()
        record = url("coordination-cooperation-record", version, organisation)
        said = {"function": function, "signed_on": day, "read": versions.of(version)}
        assert client.post(record, said).url == version.get_absolute_url()
    version.refresh_from_db()
    assert (version.state, str(version.signed_on)) == ("signed", "2021-05-12")
    for organisation in parties:
        login(client, member(organisation, Role.CONTACT))
        for page in (partnership.get_absolute_url(), version.get_absolute_url()):
            text = client.get(page).content.decode()
            for fact in (
                "Zorg die bij mensen past.",
                "Elke student krijgt een eigen leerplan.",
                "We gebruiken elkaars kennis.",
                "teamleider Maatschappelijke Zorg",
                "12 mei 2021",
                "10 mei 2021",
            ):
                assert fact in text
    client.logout()
    assert "Zorg die bij mensen past." not in client.get(partnership.get_absolute_url()).content.decode()


def test_a01_signed_version_is_read_only_and_holds_until_the_next_is_signed(
    client, partnership, asked, coordinator
):
    first = sign_all(asked)
    change = client.get(url("coordination-cooperation-change", first), follow=True)
    assert "Trek het in, of maak een volgende versie." in change.content.decode()
    begun = client.get(create_url(partnership))
    assert begun.context["form"].initial["vision"] == first.vision
    save(client, create_url(partnership), vision="Nieuw")
    second = CooperationVersion.objects.get(number=2)
    service.ask(version_id=second.pk, by=coordinating(partnership), read=None)
    first.refresh_from_db()
    assert first.state == CooperationState.SIGNED
    sign_all(second)
    first.refresh_from_db()
    assert (first.state, second.state) == (CooperationState.REPLACED, CooperationState.SIGNED)


def test_next_version_begins_with_the_text_and_promises_in_force(client, partnership, draft, coordinator):
    PromiseFactory(version=draft, text="Ieder zijn leerplan", organisation=draft.parties.first().organisation)
    service.ask(version_id=draft.pk, by=coordinating(partnership), read=None)
    sign_all(draft)
    form = client.get(create_url(partnership)).context["form"]
    assert form["new_1_text"].value() == "Ieder zijn leerplan"
    assert len(form.initial["parties"]) == 2
    save(client, create_url(partnership))
    second = CooperationVersion.objects.get(number=2)
    assert [row.text for row in second.promises.all()] == ["Ieder zijn leerplan"]
    assert second.parties.count() == 2


def test_draft_sent_twice_is_one_and_another_one_is_refused(client, partnership, parties, coordinator):
    typed = {"vision": "Samen", "parties": [one.pk for one in parties], "new_1_text": "Een belofte"}
    first, second = (client.post(create_url(partnership), typed) for _ in range(2))
    assert first.url == second.url
    assert Promise.objects.count() == 1
    page = client.post(create_url(partnership), typed | {"vision": "Anders"})
    assert "volgende versie" in page.content.decode()
    assert "Anders" in page.content.decode()
    assert client.get(create_url(partnership)).url == first.url


def test_draft_is_changed_and_a_promise_that_is_emptied_goes(client, draft, coordinator):
    kept, gone = (PromiseFactory(version=draft, text=text) for text in ("Blijft", "Gaat"))
    page = url("coordination-cooperation-change", draft)
    typed = {
        f"promise_{kept.pk}_text": "Blijft anders",
        f"promise_{gone.pk}_text": "",
        "new_1_text": "Komt erbij",
    }
    assert save(client, page, **typed).url == draft.get_absolute_url()
    assert [row.text for row in draft.promises.all()] == ["Blijft anders", "Komt erbij"]
    draft.refresh_from_db()
    assert draft.vision == "Goede zorg door mensen die graag blijven."


def test_two_tabs_on_a_draft_lose_nothing(client, draft, coordinator):
    page = url("coordination-cooperation-change", draft)
    first, second = (on_page(client, page) for _ in range(2))
    client.post(page, {**first, "new_1_text": "Van de een"})
    shown = client.post(page, {**second, "vision": "Van de ander", "new_1_text": "Van de ander ook"})
    assert shown.status_code == 302
    assert sorted(row.text for row in draft.promises.all()) == ["Van de ander ook", "Van de een"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"vision": ""}, "vision"),
        ({"starts_on": "2-2-2026", "ends_on": "1-1-2026"}, "ends_on"),
        ({"ends_on": "1-1-2199"}, "ends_on"),
        ({"parties": ["x"]}, "parties"),
        ({"new_1_due_on": "1-2-2027"}, "new_1_text"),
        ({"new_1_text": "Ja", "new_1_due_on": "1-1-2199"}, "new_1_due_on"),
        ({"new_1_text": "Ja", "new_1_organisation": "0"}, "new_1_organisation"),
        ({"new_1_text": "a" * 401}, "new_1_text"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(client, draft, coordinator, typed, field):
    page = save(client, url("coordination-cooperation-change", draft), new_2_text="Getypt", **typed)
    assert field in page.context["form"].errors or "__all__" in page.context["form"].errors
    assert "Getypt" in page.content.decode()
    assert draft.promises.count() == 0


def test_as_many_promises_as_fit_are_asked_and_no_more(client, draft, coordinator):
    PromiseFactory.create_batch(MOST_PROMISES, version=draft)
    form = client.get(url("coordination-cooperation-change", draft)).context["form"]
    assert not [name for name in form.fields if name.startswith("new_")]


def test_asking_needs_two_parties(client, partnership, parties, coordinator):
    draft = CooperationVersionFactory(partnership=partnership, parties=parties[:1])
    said = client.get(url("coordination-cooperation-ask", draft), follow=True).content.decode()
    assert "Kies eerst welke organisaties tekenen: minstens twee." in said
    with pytest.raises(ValidationError, match="minstens twee"):
        service.ask(version_id=draft.pk, by=coordinating(partnership), read=None)


def test_asking_seals_the_text_and_tells_the_managers(draft, partnership):
    managers = [member(party.organisation, Role.MANAGER) for party in draft.parties.for_list()]
    version = service.ask(version_id=draft.pk, by=coordinating(partnership), read=None)
    assert version.digest == version.fingerprint()
    mails = OutgoingMail.objects.filter(kind="manager_cooperation_asked").order_by("pk")
    assert {mail.to_email for mail in mails} == {user.email for user in managers}
    assert mails[0].subject == f"De samenwerkingsovereenkomst van {partnership} wacht op je handtekening"
    assert version.get_absolute_url() in mails[0].link


def test_asking_twice_asks_once(draft, partnership):
    by = coordinating(partnership)
    member(draft.parties.first().organisation, Role.MANAGER)
    for _turn in range(2):
        service.ask(version_id=draft.pk, by=by, read=versions.of(draft))
    assert OutgoingMail.objects.filter(kind="manager_cooperation_asked").count() == 1


def test_manager_signs_what_was_read_for_the_own_organisation(client, asked, parties):
    user = member(parties[0], Role.MANAGER)
    login_fresh(client, user)
    page = url("cooperation-sign", asked, parties[0])
    assert asked.vision in client.get(page).content.decode()
    old = client.post(page, {"function": "directeur", "read": "99"})
    assert "directeur" in old.content.decode()
    assert not CooperationSignature.objects.exists()
    said = {"function": "directeur", "read": versions.of(asked)}
    assert client.post(page, said).url == asked.get_absolute_url()
    assert client.post(page, said).url == asked.get_absolute_url()
    signature = CooperationSignature.objects.get()
    assert (signature.signer, signature.function, signature.signed_on) == (
        user.person.full_name,
        "directeur",
        today(),
    )
    assert client.get(url("cooperation-sign", asked, parties[1])).status_code == 403


def test_signing_asks_for_the_password_of_a_moment_ago(client, asked, parties):
    login(client, member(parties[0], Role.MANAGER))
    page = url("cooperation-sign", asked, parties[0])
    assert "reauthenticate" in client.get(page).url or "bevestig" in client.get(page).url
    assert client.post(page, {"function": "directeur", "read": versions.of(asked)}).url == page
    assert not CooperationSignature.objects.exists()


def test_last_signature_brings_it_into_force_and_everyone_hears(asked, parties, partnership):
    first, second = (acting(organisation, Role.MANAGER) for organisation in parties)
    coordinator = coordinating(partnership)
    for by, organisation in ((first, parties[0]), (second, parties[1])):
        service.sign(
            version_id=asked.pk,
            party_id=party_of(asked, organisation).pk,
            function="directeur",
            by=by,
            read=None,
        )
    asked.refresh_from_db()
    assert (asked.state, asked.signed_on) == (CooperationState.SIGNED, today())
    mails = OutgoingMail.objects.filter(kind="party_cooperation_signed")
    assert set(mails.values_list("person", flat=True)) == {first.person_id, coordinator.person_id}
    assert mails[0].subject == f"Iedereen heeft de samenwerkingsovereenkomst van {partnership} getekend"
    assert "versie 1" in mails[0].body


def test_organisation_hears_what_the_coordinator_recorded_from_paper(asked, parties, partnership):
    manager = member(parties[0], Role.MANAGER)
    by = coordinating(partnership)
    said = {
        "version_id": asked.pk,
        "party_id": party_of(asked, parties[0]).pk,
        "function": "bestuurder",
        "name": "Anna de Wit",
        "signed_on": today() - timedelta(days=3),
        "by": by,
        "read": versions.of(asked),
    }
    assert service.record(**said) == service.record(**said)
    mail = OutgoingMail.objects.get(kind="manager_cooperation_recorded")
    assert mail.to_email == manager.email
    assert mail.subject == "Een handtekening van De Haven is vastgelegd"
    assert "bestuurder" in mail.body
    with pytest.raises(ValidationError, match="al getekend"):
        service.record(**said | {"function": "iemand anders"})


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"signed_on": str(today() + timedelta(days=2))}, "signed_on"),
        ({"signed_on": "12-05-1021"}, "signed_on"),
        ({"function": ""}, "function"),
        ({"signed_on": "gisteren"}, "signed_on"),
    ],
)
def test_signature_on_paper_that_cannot_be_is_refused(client, asked, parties, coordinator, typed, field):
    page = url("coordination-cooperation-record", asked, parties[0])
    said = {"function": "bestuurder", "signed_on": "12-05-2021", "read": versions.of(asked)}
    assert list(client.post(page, said | typed).context["form"].errors) == [field]
    assert not CooperationSignature.objects.exists()


def test_withdrawn_version_is_told_with_the_reason_and_the_next_can_be_made(
    client, asked, parties, coordinator
):
    manager = member(parties[0], Role.MANAGER)
    page = url("coordination-cooperation-withdraw", asked)
    assert list(client.post(page, {"reason": "", "read": versions.of(asked)}).context["form"].errors) == [
        "reason"
    ]
    for _turn in range(2):
        said = {"reason": "Een belofte ontbreekt.", "read": versions.of(asked)}
        assert client.post(page, said).url == asked.get_absolute_url()
    mail = OutgoingMail.objects.get(kind="manager_cooperation_withdrawn")
    assert mail.to_email == manager.email
    assert "Een belofte ontbreekt." in mail.body
    assert mail.subject.startswith("Samenwerkingsovereenkomst ingetrokken")
    with pytest.raises(ValidationError, match="wacht niet meer"):
        sign_all(asked)
    assert client.get(create_url(asked.partnership)).status_code == 200


def test_draft_is_thrown_away_and_a_version_that_was_asked_is_not(client, draft, coordinator):
    PromiseFactory(version=draft)
    page = url("coordination-cooperation-discard", draft)
    assert client.get(page).status_code == 200
    every = reverse("partnerships:cooperation-list", args=[draft.partnership.slug])
    read = versions.of(draft)
    assert client.post(page, {"read": "99"}).url == draft.get_absolute_url()
    assert client.post(page, {"read": read}).url == every
    assert client.post(page, {"read": read}).url == every
    assert not CooperationVersion.objects.exists()
    assert StateChange.objects.filter(model="partnerships.cooperationversion", action="discard").exists()
    asked = CooperationVersionFactory(partnership=draft.partnership, asked=True)
    with pytest.raises(ValidationError, match="blijft zoals het is"):
        service.discard(version_id=asked.pk, by=coordinating(draft.partnership), read=None)


def test_page_that_is_old_does_nothing(client, draft, parties, coordinator):
    for name in ("ask", "withdraw", "record"):
        more = parties[:1] if name == "record" else []
        typed = {"read": "99", "reason": "Vergist", "function": "bestuurder", "signed_on": "12-05-2021"}
        said = client.post(url(f"coordination-cooperation-{name}", draft, *more), typed, follow=True)
        assert "gewijzigd" in said.content.decode() or "wacht niet" in said.content.decode()
        if name == "ask":
            service.ask(version_id=draft.pk, by=coordinating(draft.partnership), read=None)
    draft.refresh_from_db()
    assert (draft.state, CooperationSignature.objects.count()) == (CooperationState.SIGNING, 0)


def test_only_who_may_does_it(asked, partnership, parties):
    managers = [acting(organisation, Role.MANAGER) for organisation in parties]
    draft_of_others = CooperationVersionFactory(asked=False)
    party = party_of(asked, parties[0])
    with pytest.raises(ValidationError, match="beheerder"):
        service.sign(version_id=asked.pk, party_id=party.pk, function="x", by=managers[1], read=None)
    with pytest.raises(ValidationError, match="coördinator"):
        service.withdraw(version_id=asked.pk, reason="x", by=managers[0], read=None)
    with pytest.raises(ValidationError, match="coördinator"):
        service.ask(version_id=draft_of_others.pk, by=coordinating(partnership), read=None)
    with pytest.raises(ValidationError, match="coördinator"):
        service.discard(version_id=draft_of_others.pk, by=managers[0], read=None)
    with pytest.raises(ValidationError):
        service.sign(
            version_id=asked.pk,
            party_id=CooperationPartyFactory().pk,
            function="x",
            by=managers[0],
            read=None,
        )


def test_organisation_that_left_signs_no_more(asked, partnership, parties):
    partnership.members.filter(organisation=parties[0]).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="doet niet meer mee"):
        service.sign(
            version_id=asked.pk,
            party_id=party_of(asked, parties[0]).pk,
            function="directeur",
            by=acting(parties[0], Role.MANAGER),
            read=None,
        )


def test_partnership_that_is_over_begins_and_signs_nothing(asked, partnership, parties, client, coordinator):
    partnership.ends_on = today() - timedelta(days=1)
    partnership.save()
    with pytest.raises(ValidationError, match="beëindigd"):
        sign_all(asked)
    assert client.get(asked.get_absolute_url()).status_code == 200
    service.withdraw(version_id=asked.pk, reason="Voorbij", by=coordinating(partnership), read=None)
    assert client.get(create_url(partnership)).status_code == 302


def test_manager_finds_what_waits_for_a_signature(client, asked, parties):
    user = member(parties[0], Role.MANAGER)
    (step,) = next_steps.for_manager(actor_of(user), parties[0].pk)
    assert (step.kind, step.url) == ("cooperation", asked.get_absolute_url())
    login(client, user)
    assert url("cooperation-sign", asked, parties[0]) in client.get(step.url).content.decode()
    sign_all(asked)
    assert next_steps.for_manager(actor_of(user), parties[0].pk) == []


def test_organisation_that_became_one_with_another_is_signed_for_by_that(client, asked, parties, partnership):
    kept = MemberFactory(partnership=partnership).organisation
    admin = actor_of(UserFactory(admin=True))
    organisations.merge(kept_id=kept.pk, dropped_id=parties[0].pk, by=admin, read=None, digest=None)
    party = party_of(asked, parties[0])  # what was put up for signature names it as it was
    by = acting(kept, Role.MANAGER)
    assert len(next_steps.for_manager(by, kept.pk)) == 1
    signed = service.sign(version_id=asked.pk, party_id=party.pk, function="directeur", by=by, read=None)
    assert signed.party == party


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_as_many_queries_for_one_as_for_three(fetched_in, partnership, asked, coordinator, number):
    for _turn in range(number - 1):
        sign_all(asked)
        asked = CooperationVersionFactory(
            partnership=partnership, parties=[p.organisation for p in asked.parties.all()]
        )
        PromiseFactory.create_batch(number, version=asked)
        service.ask(version_id=asked.pk, by=coordinating(partnership), read=None)
    fetched_in(5, reverse("partnerships:cooperation-list", args=[partnership.slug]))
    fetched_in(7, asked.get_absolute_url())


# What the database itself refuses


def refused_by_database(act):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "changed",
    [
        "vision = 'Anders'",
        "ends_on = current_date",
        "digest = 'x'",
        "asked_at = NULL",
        "asked_at = NULL, state = 'draft', digest = ''",
        "number = 7",
        "partnership_id = partnership_id + 1",
        "state = 'draft'",
        "state = 'replaced', signed_on = current_date",
    ],
)
def test_text_that_was_put_up_for_signature_never_changes(asked, changed):
    said = refused_by_database(
        lambda: raw(f"UPDATE partnerships_cooperationversion SET {changed} WHERE id = %s", asked.pk)
    )
    assert "cooperation agreement" in said or "cooperation_" in said


def test_signed_text_is_not_deleted_nor_signed_on_another_day(asked):
    sign_all(asked)
    table = "partnerships_cooperationversion"
    for statement in (
        f"DELETE FROM {table} WHERE id = %s",
        f"UPDATE {table} SET signed_on = current_date - 1 WHERE id = %s",
        f"UPDATE {table} SET state = 'withdrawn', signed_on = NULL WHERE id = %s",
        f"UPDATE {table} SET vision = 'x' WHERE id = %s",
    ):
        refused_by_database(lambda text=statement: raw(text, asked.pk))


def test_parties_and_promises_stand_with_the_text(draft):
    promise, party = PromiseFactory(version=draft), draft.parties.first()
    service.ask(version_id=draft.pk, by=coordinating(draft.partnership), read=None)
    acts = [
        lambda: Promise.objects.filter(pk=promise.pk).update(text="Anders"),
        lambda: Promise.objects.filter(pk=promise.pk).delete(),
        lambda: PromiseFactory(version=draft),
        lambda: CooperationPartyFactory(version=draft),
        lambda: draft.parties.filter(pk=party.pk).delete(),
        lambda: draft.parties.filter(pk=party.pk).update(organisation=OrganisationFactory()),
    ]
    for act in acts:
        assert "never change" in refused_by_database(act)


def test_only_what_waits_is_signed_and_once(draft):
    party = draft.parties.first()
    statement = (
        "INSERT INTO partnerships_cooperationsignature "
        "(public_id, party_id, name, function, signed_on, is_paper, at) "
        "VALUES (gen_random_uuid(), %s, '', 'bestuurder', current_date, true, now())"
    )
    assert "waits for signatures" in refused_by_database(lambda: raw(statement, party.pk))
    signature = CooperationSignatureFactory(party=party)
    refused_by_database(lambda: raw(statement, party.pk))
    refused_by_database(lambda: CooperationSignature.objects.filter(pk=signature.pk).update(function="x"))
    refused_by_database(lambda: CooperationSignature.objects.filter(pk=signature.pk).delete())


def test_signed_means_by_all_and_by_two_at_least(asked):
    CooperationSignatureFactory(party=asked.parties.first())

    def sign_too_early():
        CooperationVersion.objects.filter(pk=asked.pk).update(state="signed", signed_on=today())
        raw("SET CONSTRAINTS ALL IMMEDIATE")

    assert "signed by all" in refused_by_database(sign_too_early)


def test_one_version_is_on_its_way_and_one_in_force(asked):
    assert "cooperation_one_open" in refused_by_database(
        lambda: CooperationVersionFactory(partnership=asked.partnership)
    )
    assert "cooperation_number_once" in refused_by_database(
        lambda: CooperationVersionFactory(partnership=asked.partnership, number=asked.number)
    )
