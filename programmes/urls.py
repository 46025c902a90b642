"""Addresses of qualifications, programmes, cohorts and sessions."""

from django.urls import path

from programmes.views import (
    cohort_requests,
    cohorts,
    differences,
    drafts,
    programmes,
    qualifications,
    sessions,
)

app_name = "programmes"

IMPORT = "beheer/kwalificaties/inlezen/<uuid:batch>/"
PROGRAMME = "school/<slug:school>/opleidingen/<uuid:programme>/"
REQUEST = "cohortaanvragen/<uuid:public_id>/"
COHORT = "school/<slug:school>/cohorten/<uuid:cohort>/"

qualification_urls = [
    path("beheer/kwalificaties/", qualifications.qualification_list, name="qualification-list"),
    path("beheer/kwalificaties/inlezen/", qualifications.qualification_import, name="qualification-import"),
    path(IMPORT, qualifications.qualification_import_batch, name="qualification-import-batch"),
    path(f"{IMPORT}opslaan/", qualifications.qualification_import_commit, name="qualification-import-commit"),
    path(
        f"{IMPORT}terugdraaien/", qualifications.qualification_import_undo, name="qualification-import-undo"
    ),
    path(
        f"{IMPORT}te-controleren.csv",
        qualifications.qualification_import_rows,
        name="qualification-import-rows",
    ),
    path(
        "beheer/kwalificaties/voorbeeld.csv",
        qualifications.qualification_template,
        name="qualification-template",
    ),
]
programme_urls = [
    path("school/<slug:school>/opleidingen/", programmes.programme_list, name="programme-list"),
    path("school/<slug:school>/opleidingen/nieuw/", programmes.programme_create, name="programme-create"),
    path(PROGRAMME, programmes.programme_detail, name="programme-detail"),
    path(f"{PROGRAMME}wijzigen/", programmes.programme_edit, name="programme-edit"),
    path(f"{PROGRAMME}weggooien/", drafts.programme_discard, name="programme-discard"),
]
cohort_urls = [
    path(f"{PROGRAMME}cohorten/nieuw/", cohorts.cohort_create, name="cohort-create"),
    path(f"{COHORT}wijzigen/", cohorts.cohort_edit, name="cohort-edit"),
    path(f"{COHORT}weggooien/", drafts.cohort_discard, name="cohort-discard"),
]
session_urls = [
    path(f"{COHORT}lessen/nieuw/", sessions.session_create, name="session-create"),
    path(f"{COHORT}lessen/<uuid:session>/wijzigen/", sessions.session_edit, name="session-edit"),
    path(f"{COHORT}lessen/<uuid:session>/weggooien/", drafts.session_discard, name="session-discard"),
]

request_urls = [
    path(
        "coordinatie/<slug:slug>/cohorten/nieuw/",
        cohort_requests.cohort_request_create,
        name="cohort-request-create",
    ),
    path(REQUEST, cohort_requests.cohort_request_detail, name="cohort-request-detail"),
    path(f"{REQUEST}bevestigen/", cohort_requests.cohort_request_confirm, name="cohort-request-confirm"),
    path(f"{REQUEST}afwijzen/", cohort_requests.cohort_request_decline, name="cohort-request-decline"),
    path(f"{REQUEST}intrekken/", cohort_requests.cohort_request_withdraw, name="cohort-request-withdraw"),
    path(f"{REQUEST}terug/", cohort_requests.cohort_request_take_back, name="cohort-request-take-back"),
]
difference_urls = [
    path("verschil-met-het-werk/", differences.difference_create, name="difference-create"),
]

urlpatterns = [
    *qualification_urls,
    *programme_urls,
    *cohort_urls,
    *session_urls,
    *request_urls,
    *difference_urls,
]
