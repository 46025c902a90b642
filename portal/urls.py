"""All addresses. Paths are Dutch, namespaces and names English (style: noun-verb)."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.views import administration, health, home, pages, preferences, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("taal/", preferences.set_language, name="set-language"),
    path("thema/", preferences.set_theme, name="set-theme"),
    path("", home.home, name="home"),
    path("voor-werkgevers/", home.for_employers, name="for-employers"),
    path("voor-studenten/", home.for_students, name="for-students"),
    path("robots.txt", home.robots, name="robots"),
    path("over/", pages.about, name="about"),
    path("hulp/", pages.help_page, name="help"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("colofon/", pages.colophon, name="colophon"),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
    path("beheer/", administration.administration, name="administration"),
    path("beheer/tabellen/", admin.site.urls),
    path("", include("partnerships.urls")),
    path("", include("programmes.urls")),
    path("", include("students.urls")),
    path("", include("placements.urls")),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
