"""Addresses of this app, a list per aggregate."""

from django.urls import path

from partnerships.views import calls as call_views
from partnerships.views import initiatives as initiative_views
from partnerships.views import organisations as organisation_views

app_name = "partnerships"

initiatives = [
    path("initiatieven/", initiative_views.initiative_list, name="initiative-list"),
    path("initiatieven/atom.xml", initiative_views.initiative_feed, name="initiative-feed"),
    path("initiatieven/<slug:slug>/", initiative_views.initiative_detail, name="initiative-detail"),
]
organisations = [
    path("samenwerkingen/", organisation_views.partnership_list, name="partnership-list"),
    path("samenwerkingen/<slug:slug>/", organisation_views.partnership_detail, name="partnership-detail"),
    path("organisaties/<slug:slug>/", organisation_views.organisation_detail, name="organisation-detail"),
]
calls = [
    path("oproepen/", call_views.call_list, name="call-list"),
    path("oproepen/bevestigen/<str:token>/", call_views.sign_up_confirm, name="sign-up-confirm"),
    path("oproepen/<slug:slug>/", call_views.call_detail, name="call-detail"),
    path("oproepen/<slug:slug>/aanmelden/", call_views.call_sign_up, name="call-sign-up"),
    path("oproepen/<slug:slug>/aanmelden/verzonden/", call_views.sign_up_sent, name="sign-up-sent"),
]

urlpatterns = [*initiatives, *organisations, *calls]
