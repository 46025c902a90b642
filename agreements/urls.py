"""Addresses of this app."""

from django.urls import path

from agreements.views import agreements as agreement_views
from agreements.views import signatures as signature_views

app_name = "agreements"

urlpatterns = [
    path("overeenkomsten/<uuid:public_id>/", agreement_views.agreement_detail, name="agreement-detail"),
    path(
        "overeenkomsten/<uuid:public_id>/wijzigen/", agreement_views.agreement_change, name="agreement-change"
    ),
    path("overeenkomsten/<uuid:public_id>/vragen/", agreement_views.agreement_ask, name="agreement-ask"),
    path("overeenkomsten/<uuid:public_id>/tekenen/", signature_views.agreement_sign, name="agreement-sign"),
    path("overeenkomsten/<uuid:public_id>/papier/", signature_views.agreement_paper, name="agreement-paper"),
    path("overeenkomsten/<uuid:public_id>/beeindigen/", agreement_views.agreement_end, name="agreement-end"),
    path(
        "overeenkomsten/<uuid:public_id>/versies/<int:number>/",
        agreement_views.agreement_version,
        name="agreement-version",
    ),
    path(
        "overeenkomsten/<uuid:public_id>/versies/<int:number>/pdf/",
        agreement_views.agreement_pdf,
        name="agreement-pdf",
    ),
    path(
        "werkgever/<slug:slug>/overeenkomsten/",
        agreement_views.agreement_employer_list,
        name="agreement-employer-list",
    ),
    path(
        "school/<slug:slug>/overeenkomsten/",
        agreement_views.agreement_school_list,
        name="agreement-school-list",
    ),
]
