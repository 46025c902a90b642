"""Addresses of qualifications, programmes, cohorts and sessions."""

from django.urls import path

from programmes.views import qualifications

app_name = "programmes"

qualification_urls = [
    path("beheer/kwalificaties/", qualifications.qualification_list, name="qualification-list"),
    path("beheer/kwalificaties/inlezen/", qualifications.qualification_import, name="qualification-import"),
    path(
        "beheer/kwalificaties/inlezen/bevestigen/",
        qualifications.qualification_commit,
        name="qualification-commit",
    ),
    path(
        "beheer/kwalificaties/voorbeeld.csv",
        qualifications.qualification_template,
        name="qualification-template",
    ),
]

urlpatterns = [*qualification_urls]
