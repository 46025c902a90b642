"""Django's own tables: for administrators only, whatever the address."""

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse

from core.models import SchoolHoliday
from tests.consistency.test_addresses import named_patterns
from tests.factories.accounts import UserFactory
from tests.helpers import login


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_admin_is_closed_to_others(client, signed_in):
    if signed_in:
        login(client, UserFactory())
    open_pages = []
    for name, pattern in named_patterns(get_resolver()):
        if not name.startswith("admin:") or name in {"admin:login", "admin:jsi18n", "admin:catchall"}:
            continue
        arguments = {key: "auth" if key == "app_label" else "1" for key in pattern.pattern.converters}
        if name == "admin:app_list":
            arguments = {"app_label": "auth"}
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
