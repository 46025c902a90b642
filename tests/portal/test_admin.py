"""Django's own tables: for administrators only, whatever the address."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import RetentionTerm
from core.dates import today
from core.models import FieldChange, OutgoingMail, SchoolHoliday
from partnerships.models import JoinRequest, Organisation, Partnership
from tests.consistency.test_addresses import named_patterns
from tests.factories.accounts import UserFactory
from tests.factories.core import OutgoingMailFactory, StoredFileFactory
from tests.factories.partnerships import (
    ActionLineFactory,
    InitiativeFactory,
    LocationFactory,
    OrganisationFactory,
    PartnershipFactory,
    ThemeFactory,
)
from tests.factories.placements import AnswerTermFactory
from tests.factories.programmes import CoreTaskFactory, QualificationFileFactory, WorkProcessFactory
from tests.helpers import login, member, typed_over


@pytest.fixture(autouse=True)
def kinds_of_today():
    """A test that empties the tables makes the content types anew; the log of the tables points to them by their keys."""
    ContentType.objects.clear_cache()


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_admin_is_closed_to_others(client, signed_in):
    if signed_in:
        login(client, UserFactory())
    open_pages = []
    for name, pattern in named_patterns(get_resolver()):
        if not name.startswith("admin:") or name in {"admin:login", "admin:jsi18n", "admin:catchall"}:
            continue
        arguments = {key: "core" if key == "app_label" else "1" for key in pattern.pattern.converters}
        if name == "admin:app_list":
            arguments = {"app_label": "core"}
        if client.get(reverse(name, kwargs=arguments)).status_code not in {302, 403}:
            open_pages.append(name)
    assert open_pages == []


@pytest.mark.django_db
def test_admin_login_goes_through_the_portals_own(client):
    """So that its throttles and the second factor hold there too."""
    response = client.get(reverse("admin:login"))
    assert response.status_code == 302
    assert response.url.split("?")[0] == reverse("account_login")


@pytest.fixture
def administrator(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    user = UserFactory(is_staff=True, is_superuser=True)
    login(client, user)
    return user


@pytest.mark.django_db
def test_every_table_can_be_searched(client, administrator):
    """Also those of packages, which may ask for fields that our accounts have not."""
    for model, table in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        if table.get_search_fields(None):
            assert client.get(reverse(name), {"q": "linde"}).status_code == 200, name


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_choice_that_is_no_number_gets_the_form_back(client, administrator, rf):
    """As a hand-made request sends it: Django's own field answers that with an error page."""
    request = rf.get("/")
    request.user = administrator
    for model, table in admin.site._registry.items():
        fields = {name: ["elders", "1e3", "9" * 30] for name in table.autocomplete_fields}
        for inline in table.inlines:
            names = getattr(inline, "autocomplete_fields", ())
            prefix = inline(model, admin.site).get_formset(request).get_default_prefix()
            fields |= {f"{prefix}-{part}_FORMS": "1" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
            fields |= {f"{prefix}-INITIAL_FORMS": "0"} | {f"{prefix}-0-{name}": "elders" for name in names}
        if table.autocomplete_fields:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_add"
            assert client.post(reverse(name), fields).status_code == 200, name


# What an administrator finds in the tables. A table of anything else needs a line here, and a reason.
TABLES = {
    "accounts.RetentionRun": "what was taken away, in numbers",
    "accounts.RetentionTerm": "reference data",
    "core.Holiday": "reference data",
    "core.SchoolHoliday": "reference data",
    "core.Synonym": "reference data",
    "core.StoredFile": "in which files something was found; not whose they are or what they are called",
    "core.OutgoingMail": "that a mail failed; not to whom or about what",
    "partnerships.Organisation": "reference data; its locations are its managers'",
    "partnerships.Partnership": "a new one and its lead; its texts and its end are for those who coordinate it",
    "partnerships.Theme": "reference data",
    "partnerships.ValuationRule": "reference data",
    "placements.AnswerTerm": "reference data",
    "programmes.CoreTask": "reference data, imported",
    "programmes.Qualification": "reference data, imported",
    "programmes.QualificationFile": "reference data, imported",
}
ABOUT_PEOPLE = {
    "user",
    "person",
    "email",
    "to_email",
    "reply_to",
    "subject",
    "body",
    "link",
    "reason",
    "ip",
    "by",
}
ABOUT_PEOPLE |= {"last_error", "user_agent", "answer_reason", "stop_reason", "contact_name", "born_on"}
PEOPLES_MODELS = {"User", "Person", "Membership", "Student", "Enrolment", "Invitation"}


def of_people(model, table, request):
    """Fields of a table that tell something about a person: shown, searched, filtered or to be filled in."""
    shown = {
        *table.get_list_display(request),
        *table.get_search_fields(request),
        *table.get_list_filter(request),
    }
    shown |= set(table.get_fields(request)) | {
        name for row in table.get_inlines(request, None) for name in fields_of(row)
    }
    yield from sorted(shown & ABOUT_PEOPLE)
    for field in model._meta.get_fields():
        if field.name in shown and field.is_relation and field.related_model.__name__ in PEOPLES_MODELS:
            yield field.name


def fields_of(inline):
    names = {field.name for field in inline.model._meta.get_fields() if not field.auto_created}
    return names - set(inline.exclude or ())


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_tables_hold_reference_data_only(client, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    assert {model._meta.label for model in admin.site._registry} == set(TABLES)
    for model, table in admin.site._registry.items():
        assert list(of_people(model, table, request)) == [], model


@pytest.mark.django_db
def test_table_of_people_is_found(administrator, rf):
    request = rf.get("/")
    request.user = administrator

    class Planted(admin.ModelAdmin):
        list_display = ("kind", "to_email", "person")
        search_fields = ("subject",)
        fields = ("kind",)

    found = list(of_people(OutgoingMail, Planted(OutgoingMail, admin.site), request))
    assert found == ["person", "subject", "to_email", "person"]


@pytest.mark.django_db
def test_no_table_offers_to_delete_what_others_rest_on(client, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    may = {
        model._meta.label
        for model, table in admin.site._registry.items()
        if table.has_delete_permission(request)
    }
    assert may == {"core.Holiday", "core.SchoolHoliday", "core.Synonym"}


@pytest.mark.django_db
def test_no_member_is_put_into_a_partnership_that_exists(client, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    table = admin.site._registry[Partnership]
    assert [row.model.__name__ for row in table.get_inlines(request)] == ["JoinRequest", "ActionLine"]
    assert [row.model.__name__ for row in table.get_inlines(request, PartnershipFactory())] == ["ActionLine"]


NO_LINES = {"action_lines-TOTAL_FORMS": "0", "action_lines-INITIAL_FORMS": "0"}


@pytest.mark.django_db
def test_new_partnership_begins_by_asking_its_lead(client, administrator, outbox):
    lead = OrganisationFactory()
    manager = member(lead, Role.MANAGER)
    data = {
        "name": "Zorgpact Nieuw",
        "slug": "zorgpact-nieuw",
        "shape": "network",
        "is_published": "on",
        "join_requests-TOTAL_FORMS": "1",
        "join_requests-INITIAL_FORMS": "0",
        "join_requests-0-organisation": str(lead.pk),
        "join_requests-0-role": "lead",
        **NO_LINES,
    }
    assert client.post(reverse("admin:partnerships_partnership_add"), data).status_code == 302
    request = lead.join_requests.get()
    assert (request.state, request.role) == ("open", "lead")
    assert outbox() == [("manager_join_request_made", manager.email)]
    assert not lead.members.exists()


# What services own is not written here


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_text_that_was_saved_meanwhile_is_not_put_back(client, administrator):
    organisation = OrganisationFactory(description="Oud")
    url = reverse("admin:partnerships_organisation_change", args=[organisation.pk])
    data = typed_over(client.get(url), town="Urk")
    Organisation.objects.filter(pk=organisation.pk).update(description="Nieuw")
    for read in (data["read"], "", "x"):
        again = client.post(url, data | {"read": read})
        assert "Er is iets gewijzigd" in again.content.decode()
        assert again.context["adminform"].form["town"].value() == "Urk"
    organisation.refresh_from_db()
    assert (organisation.description, organisation.town == "Urk") == ("Nieuw", False)
    assert client.post(url, typed_over(client.get(url), town="Urk")).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.description, organisation.town) == ("Nieuw", "Urk")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "table", "field"),
    [
        (QualificationFileFactory, "programmes_qualificationfile", "name"),
        (ThemeFactory, "partnerships_theme", "name"),
        (AnswerTermFactory, "placements_answerterm", "source"),
    ],
)
def test_reference_that_was_written_meanwhile_is_not_put_back(client, administrator, make, table, field):
    row = make()
    url = reverse(f"admin:{table}_change", args=[row.pk])
    data = typed_over(client.get(url))
    type(row).objects.filter(pk=row.pk).update(**{field: "Nieuw"})
    assert "Er is iets gewijzigd" in client.post(url, data).content.decode()
    assert client.post(url, typed_over(client.get(url))).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Nieuw"


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_every_table_that_is_written_reads_first(client, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    written = [table for table in admin.site._registry.values() if table.has_change_permission(request)]
    assert len(written) >= 8
    assert [table for table in written if "read" not in table.get_form(request).base_fields] == []
    inside = [
        rows for table in written for rows in table.get_inline_instances(request) if rows.model != JoinRequest
    ]
    assert len(inside) >= 2
    assert [rows for rows in inside if "read" not in rows.get_formset(request).form.base_fields] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "table", "above", "rows"),
    [
        (CoreTaskFactory, "programmes_qualification", "qualification", "core_tasks"),
        (WorkProcessFactory, "programmes_coretask", "core_task", "work_processes"),
        (ActionLineFactory, "partnerships_partnership", "partnership", "action_lines"),
    ],
)
def test_part_of_a_reference_that_was_written_meanwhile_is_not_put_back(
    client, administrator, make, table, above, rows
):
    row = make(title="Oud")
    url = reverse(f"admin:{table}_change", args=[getattr(row, above).pk])
    title = f"{rows}-0-title"
    data = typed_over(client.get(url), **{title: "Mijn tekst"})
    type(row).objects.filter(pk=row.pk).update(title="Nieuw")
    again = client.post(url, data)
    assert "Er is iets gewijzigd" in again.content.decode()
    assert "Mijn tekst" in again.content.decode()
    row.refresh_from_db()
    assert row.title == "Nieuw"
    assert client.post(url, typed_over(client.get(url), **{title: "Mijn tekst"})).status_code == 302
    row.refresh_from_db()
    assert row.title == "Mijn tekst"


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
def test_other_kind_of_an_organisation_is_on_record(client, administrator):
    organisation = OrganisationFactory(kind="welfare")
    url = reverse("admin:partnerships_organisation_change", args=[organisation.pk])
    client.post(url, typed_over(client.get(url), kind="care_provider", is_published=""))
    found = FieldChange.objects.filter(model="partnerships.organisation").order_by("field")
    assert [(row.field, row.before, row.after, row.by) for row in found] == [
        ("is_published", True, False, administrator.person),
        ("kind", "welfare", "care_provider", administrator.person),
    ]


@pytest.mark.django_db
def test_partnership_is_ended_and_its_texts_are_written_by_those_who_coordinate_it(client, administrator):
    partnership = PartnershipFactory(summary="Van ons", provinces=["FL"])
    url = reverse("admin:partnerships_partnership_change", args=[partnership.pk])
    data = typed_over(client.get(url), name="Andere naam") | NO_LINES
    past = today() - timedelta(days=1)
    more = {"ends_on": past.isoformat(), "summary": "Van de beheerder", "provinces": ["GR"]}
    assert client.post(url, data | more).status_code == 302
    partnership.refresh_from_db()
    assert (partnership.name, partnership.summary, partnership.provinces) == (
        "Andere naam",
        "Van ons",
        ["FL"],
    )
    assert (partnership.ends_on, partnership.is_over) == (None, False)


@pytest.mark.django_db
def test_table_of_organisations_makes_and_renames_no_locations(client, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    table = admin.site._registry[Organisation]
    location = LocationFactory(name="Molenhof")
    assert list(table.get_inlines(request, location.organisation)) == []


@pytest.mark.django_db
def test_theme_is_not_taken_off_what_has_it(client, administrator):
    initiative, theme = InitiativeFactory(), ThemeFactory()
    initiative.themes.add(theme)
    client.post(reverse("admin:partnerships_theme_delete", args=[theme.pk]), {"post": "yes"})
    assert list(initiative.themes.all()) == [theme]


@pytest.mark.django_db
def test_failed_mail_is_listed_without_being_read(client, administrator):
    failed = OutgoingMailFactory(
        state="failed",
        to_email="geheim@leerling.example",
        subject="Over mij",
        last_error="550 geheim@leerling.example",
    )
    OutgoingMailFactory(kind="bezorgd", state="queued")
    page = client.get(reverse("admin:core_outgoingmail_changelist"))
    text = page.content.decode()
    assert "550" in text
    assert "geheim" not in text
    assert "Over mij" not in text
    assert list(page.context["cl"].queryset) == [failed]


@pytest.mark.django_db
def test_table_of_files_says_in_which_something_was_found_and_not_whose_they_are(client, administrator):
    found = StoredFileFactory(
        scan="suspect", scanned_at=timezone.now(), subject=uuid4(), digest="a" * 64, size=3_670_016
    )
    StoredFileFactory(scan="clean", digest="b" * 64)
    page = client.get(reverse("admin:core_storedfile_changelist")).content.decode()
    assert "<h1>Bestanden waarin de virusscanner iets vond</h1>" in page
    assert "a" * 64 in page.replace("<wbr>", "")
    assert re.search(r"3,5\sMB", page)
    assert "b" * 64 not in page
    assert str(found.subject) not in page
    assert found.path not in page
    assert client.get(reverse("admin:core_storedfile_add")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["accounts_user", "account_emailaddress", "usersessions_usersession", "mfa_authenticator"]
)
def test_no_address_leads_to_a_table_of_people(table):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{table}_changelist")


@pytest.mark.django_db
def test_tables_are_named_in_dutch_with_what_they_show_and_the_way_back(client, administrator):
    page = client.get(reverse("admin:index"))
    names = {str(app["name"]) for app in page.context["app_list"]}
    assert names == {
        "Agenda, mails en bestanden",
        "Bewaren en opruimen",
        "Kwalificaties",
        "Organisaties en samenwerkingen",
        "Plekken",
    }
    text = page.content.decode()
    assert "Mails die mislukten of worden vastgehouden" in text
    assert f'href="{reverse("administration")}"' in text
    page = client.get(reverse("admin:core_outgoingmail_changelist"), {"state": "failed"})
    offered = [
        str(choice["display"]) for choice in page.context["cl"].filter_specs[0].choices(page.context["cl"])
    ]
    assert offered == ["Alle", "mislukt", "vastgehouden"]


@pytest.mark.django_db
def test_null_character_in_a_filter_is_refused(client, administrator):
    response = client.get(reverse("admin:core_outgoingmail_changelist"), {"state": "\x00"})
    assert response.status_code == 400


@pytest.mark.django_db
def test_first_page_warns_when_the_holidays_run_out(client, clock, administrator):
    assert "Schoolvakanties" not in client.get(reverse("administration")).content.decode()
    SchoolHoliday.objects.filter(study_year=2027).delete()
    assert (
        "Schoolvakanties zijn bekend tot en met 5 september 2027."
        in client.get(reverse("administration")).content.decode()
    )


@pytest.mark.django_db
def test_term_begins_after_today_so_that_a_slip_takes_nothing_away_that_night(client, administrator):
    page = reverse("admin:accounts_retentionterm_add")
    data = {"term": "contract", "months": "0", "days": "1", "source": "besluit"}
    for days in (-400, 0):
        answer = client.post(page, data | {"starts_on": today() + timedelta(days=days)})
        assert "Kies een dag na vandaag" in answer.content.decode()
    assert not RetentionTerm.objects.exists()
    client.post(page, data | {"starts_on": today() + timedelta(days=1)})
    assert RetentionTerm.objects.count() == 1
