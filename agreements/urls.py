"""Addresses of this app."""

from django.urls import path

from agreements.views import agreements, ends, many, signatures, subsidy, versions

app_name = "agreements"

urlpatterns = [
    path("overeenkomsten/tekenen/", many.agreements_sign, name="agreements-sign"),
    path("school/<slug:school>/studenten/handtekeningen-vragen/", many.agreements_ask, name="agreements-ask"),
    path("overeenkomsten/<uuid:public_id>/", agreements.agreement_detail, name="agreement-detail"),
    path("overeenkomsten/<uuid:public_id>/subsidie/", subsidy.agreement_subsidy, name="agreement-subsidy"),
    path("overeenkomsten/<uuid:public_id>/tekst/", versions.agreement_change, name="agreement-change"),
    path(
        "overeenkomsten/<uuid:public_id>/wijzigen/<slug:kind>/",
        versions.agreement_amend,
        name="agreement-amend",
    ),
    path("overeenkomsten/<uuid:public_id>/vragen/", versions.agreement_ask, name="agreement-ask"),
    path(
        "overeenkomsten/<uuid:public_id>/intrekken/", versions.agreement_withdraw, name="agreement-withdraw"
    ),
    path("overeenkomsten/<uuid:public_id>/tekenen/", signatures.agreement_sign, name="agreement-sign"),
    path(
        "overeenkomsten/<uuid:public_id>/niet-tekenen/",
        signatures.agreement_decline,
        name="agreement-decline",
    ),
    path("overeenkomsten/<uuid:public_id>/papier/", signatures.agreement_paper, name="agreement-paper"),
    path("overeenkomsten/<uuid:public_id>/beeindigen/", ends.agreement_end, name="agreement-end"),
    path(
        "overeenkomsten/<uuid:public_id>/beeindigen/terugdraaien/",
        ends.agreement_end_undo,
        name="agreement-end-undo",
    ),
    path("overeenkomsten/<uuid:public_id>/vervolg/", ends.agreement_follow_up, name="agreement-follow-up"),
    path(
        "overeenkomsten/<uuid:public_id>/versies/<int:number>/",
        agreements.agreement_version,
        name="agreement-version",
    ),
    path(
        "overeenkomsten/<uuid:public_id>/versies/<int:number>/pdf/",
        agreements.agreement_pdf,
        name="agreement-pdf",
    ),
    path(
        "overeenkomsten/<uuid:public_id>/handtekeningen/<uuid:signature_id>/scan/",
        agreements.signature_scan,
        name="signature-scan",
    ),
    path("handtekening/<uuid:public_id>/bezwaar/", signatures.signature_object, name="signature-object"),
    path(
        "werkgever/<slug:slug>/overeenkomsten/",
        agreements.agreement_employer_list,
        name="agreement-employer-list",
    ),
    path(
        "school/<slug:slug>/overeenkomsten/", agreements.agreement_school_list, name="agreement-school-list"
    ),
]
