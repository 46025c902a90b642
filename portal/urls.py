"""All addresses. Paths are Dutch, namespaces and names English (style: noun-verb)."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from core import providers
from core.addresses import of_app
from portal.views import (
    administration,
    cohorts,
    coordinators,
    employers,
    figures,
    health,
    home,
    moments,
    outcomes,
    pages,
    placements,
    preferences,
    schools,
    start,
    students,
    yields,
)
from students.urls import COHORT, ENROLMENT
from ui.views import styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", figures.figures, name="metrics"),
    of_app("accounts.urls"),
    path("taal/", preferences.set_language, name="set-language"),
    path("thema/", preferences.set_theme, name="set-theme"),
    path("", home.home, name="home"),
    path("voor-werkgevers/", home.for_employers, name="for-employers"),
    path("voor-studenten/", home.for_students, name="for-students"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", home.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", home.sitemap_section, name="sitemap-section"),
    path("over/", pages.about, name="about"),
    path("hulp/", pages.help_page, name="help"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("colofon/", pages.colophon, name="colophon"),
    path("stijlgids/", styleguide, name="styleguide"),
    path("beheer/", administration.administration, name="administration"),
    path("beheer/tabellen/", admin.site.urls),
    path("mijn/", start.start, name="start"),
    path("student/", students.student_start, name="student-start"),
    path("student/taken/", students.student_next_steps, name="student-next-steps"),
    path("student/wie-ziet-wat/", students.student_sight, name="student-sight"),
    path("student/werk/", students.student_work, name="student-work"),
    path("student/werk/plaatsen/", students.student_placements, name="student-placements"),
    path("werkgever/<slug:slug>/", employers.employer_start, name="employer-start"),
    path("werkgever/<slug:slug>/taken/", employers.employer_next_steps, name="employer-next-steps"),
    path("school/<slug:slug>/", schools.school_start, name="school-start"),
    path("school/<slug:slug>/taken/", schools.school_next_steps, name="school-next-steps"),
    path(COHORT, cohorts.cohort_detail, name="cohort-detail"),
    path(ENROLMENT, cohorts.enrolment_detail, name="enrolment-detail"),
    path(f"{ENROLMENT}plaatsen/", students.enrolment_placements, name="enrolment-placements"),
    path(
        "samenwerkingen/<slug:slug>/leden/<slug:organisation>/opbrengst/",
        yields.organisation_yield,
        name="organisation-yield",
    ),
    path("samenwerkingen/<slug:slug>/cijfers/", outcomes.partnership_figures, name="partnership-figures"),
    path("organisatie/<slug:slug>/cijfers/", outcomes.organisation_figures, name="organisation-figures"),
    path("coordinatie/", coordinators.coordinator_all, name="coordinator-all"),
    path("coordinatie/<slug:slug>/", coordinators.coordinator_start, name="coordinator-start"),
    path(
        "coordinatie/<slug:slug>/taken/", coordinators.coordinator_next_steps, name="coordinator-next-steps"
    ),
    path("coordinatie/<slug:slug>/cijfers/", coordinators.coordinator_figures, name="coordinator-figures"),
    path("coordinatie/<slug:slug>/hoe-het-loopt/", coordinators.coordinator_pulse, name="coordinator-pulse"),
    path("coordinatie/<slug:slug>/verslag.pdf", coordinators.coordinator_report, name="coordinator-report"),
    path("plaatsingen/<uuid:public_id>/", placements.placement_detail, name="placement-detail"),
    path("plaatsingen/<uuid:public_id>/gelukt/", moments.placement_moment, name="placement-moment"),
    path("doelen/<uuid:public_id>/behaald/", moments.goal_moment, name="goal-moment"),
    of_app("partnerships.urls"),
    of_app("meetings.urls"),
    of_app("programmes.urls"),
    of_app("students.urls"),
    of_app("placements.urls"),
    of_app("agreements.urls"),
    of_app("playbooks.urls"),
    of_app("search.urls"),
]

if settings.MAIL_PROVIDER:
    tells = providers.webhook(settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_SECRET)
    urlpatterns.append(path("mail/meldingen/", tells, name="mail-events"))

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
