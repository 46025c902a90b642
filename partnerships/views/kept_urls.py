"""Addresses of what partnerships and organisations keep: documents, and duties of social return."""

from django.urls import path

from partnerships.views import documents as document_views
from partnerships.views import social_returns as social_return_views

_DOCUMENTS = "samenwerkingen/<slug:slug>/documenten/"
_DOCUMENT = f"{_DOCUMENTS}<uuid:public_id>/"
documents = [
    path("groepen/<uuid:public_id>/documenten/", document_views.group_documents, name="group-documents"),
    path(_DOCUMENTS, document_views.document_list, name="document-list"),
    path(f"{_DOCUMENTS}nieuw/", document_views.document_create, name="document-create"),
    path(_DOCUMENT, document_views.document_detail, name="document-detail"),
    path(f"{_DOCUMENT}versies/<int:number>/", document_views.document_version, name="document-version"),
    path(f"{_DOCUMENT}wijzigen/", document_views.document_change, name="document-change"),
    path(f"{_DOCUMENT}nieuwe-versie/", document_views.document_renew, name="document-renew"),
    path(f"{_DOCUMENT}weghalen/", document_views.document_take_away, name="document-take-away"),
    path(
        f"{_DOCUMENT}weghalen/terugdraaien/",
        document_views.document_take_back,
        name="document-take-back",
    ),
]
_SROI = "organisatie/<slug:slug>/sroi/"
_DUTY = f"{_SROI}<uuid:public_id>/"
social_returns = [
    path(_SROI, social_return_views.social_return_list, name="social-return-list"),
    path(f"{_SROI}nieuw/", social_return_views.social_return_create, name="social-return-create"),
    path(_DUTY, social_return_views.social_return, name="social-return"),
    path(f"{_DUTY}wijzigen/", social_return_views.social_return_change, name="social-return-change"),
    path(f"{_DUTY}activiteiten/nieuw/", social_return_views.social_return_add, name="social-return-add"),
    path(
        f"{_DUTY}activiteiten/<uuid:activity>/",
        social_return_views.social_return_activity,
        name="social-return-activity",
    ),
    path(
        f"{_DUTY}activiteiten/<uuid:activity>/bewijs/",
        social_return_views.social_return_proof,
        name="social-return-proof",
    ),
]
