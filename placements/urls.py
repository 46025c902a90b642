"""Addresses of this app, a list per aggregate."""

from django.urls import URLPattern, path

from placements.views import accreditations as accreditation_views
from placements.views import many, match_proposals, slot_finder, slot_steps
from placements.views import matches as match_views
from placements.views import placements as placement_views
from placements.views import sign_ups as sign_up_views
from placements.views import slots as slot_views
from placements.views import social_returns as social_return_views
from placements.views import supervisors as supervisor_views

app_name = "placements"

EMPLOYER = "werkgever/<slug:slug>/"
PLACES = f"{EMPLOYER}leerwerkplekken/"
PLACE = f"{PLACES}<uuid:public_id>/"

slots: list[URLPattern] = [
    path("leerwerkplekken/", slot_finder.slot_find, name="slot-find"),
    path("leerwerkplekken/<uuid:public_id>/", slot_finder.slot_detail, name="slot-detail"),
    path(PLACES, slot_views.slot_list, name="slot-list"),
    path(f"{PLACES}nieuw/", slot_steps.slot_start, name="slot-start"),
    path(f"{PLACES}nieuw/voorbeelden/", slot_steps.slot_examples, name="slot-examples"),
    path(f"{PLACES}nieuw/<slug:step>/", slot_steps.slot_create, name="slot-create"),
    path(PLACE, slot_views.slot_manage, name="slot-manage"),
    path(f"{PLACE}wijzigen/<slug:step>/", slot_steps.slot_edit, name="slot-edit"),
    path(f"{PLACE}bevestigen/", slot_views.slot_confirm, name="slot-confirm"),
    path(f"{PLACE}publiceren/", slot_views.slot_publish, name="slot-publish"),
    path(f"{PLACE}sluiten/", slot_views.slot_close, name="slot-close"),
    path(f"{PLACE}heropenen/", slot_views.slot_reopen, name="slot-reopen"),
    path(f"{PLACE}weggooien/", slot_views.slot_discard, name="slot-discard"),
    path(f"{PLACE}kopieren/", slot_views.slot_copy, name="slot-copy"),
]

at_once: list[URLPattern] = [
    path("school/<slug:school>/studenten/voorstellen/", many.students_propose, name="students-propose"),
    path(f"{EMPLOYER}voorstellen/ja-zeggen/", many.matches_accept, name="matches-accept"),
    path(f"{EMPLOYER}plekken/bevestigen/", many.slots_confirm, name="slots-confirm"),
    path(f"{EMPLOYER}plekken/sluiten/", many.slots_close, name="slots-close"),
]

of_sign_ups: list[URLPattern] = [
    path(
        "coordinatie/<slug:slug>/aanmeldingen/<uuid:public_id>/plekken/",
        sign_up_views.sign_up_places,
        name="sign-up-places",
    ),
]

of_social_returns: list[URLPattern] = [
    path(
        "organisatie/<slug:slug>/sroi/<uuid:public_id>/plekken/",
        social_return_views.social_return_places,
        name="social-return-places",
    ),
]

supervisors: list[URLPattern] = [
    path(f"{EMPLOYER}begeleiders/", supervisor_views.supervisor_list, name="supervisor-list"),
    path(f"{EMPLOYER}begeleiders/ontbreken/", supervisor_views.supervisor_gaps, name="supervisor-gaps"),
    path(f"{EMPLOYER}begeleiders/nieuw/", supervisor_views.supervisor_create, name="supervisor-create"),
    path(
        f"{EMPLOYER}begeleiders/<uuid:public_id>/", supervisor_views.supervisor_edit, name="supervisor-edit"
    ),
]

matches: list[URLPattern] = [
    path("voorstellen/", match_views.match_list, name="match-list"),
    path("voorstellen/<uuid:public_id>/", match_views.match_detail, name="match-detail"),
    path("voorstellen/<uuid:public_id>/antwoord/", match_views.match_answer, name="match-answer"),
    path("voorstellen/<uuid:public_id>/intrekken/", match_views.match_withdraw, name="match-withdraw"),
    path("voorstellen/<uuid:public_id>/terugdraaien/", match_views.match_take_back, name="match-take-back"),
    path(
        "school/<slug:slug>/cohorten/<uuid:public_id>/voorstellen/",
        match_proposals.propose_in_cohort,
        name="match-propose-cohort",
    ),
    path("coordinatie/<slug:slug>/koppelen/", match_proposals.propose_in_partnership, name="match-propose"),
]

placements: list[URLPattern] = [
    path("plaatsingen/", placement_views.placement_list, name="placement-list"),
    path(
        "plaatsingen/<uuid:public_id>/afbreken/",
        placement_views.placement_break_off,
        name="placement-break-off",
    ),
    path(
        "plaatsingen/<uuid:public_id>/gaat-door/",
        placement_views.placement_restore,
        name="placement-restore",
    ),
    path(
        "plaatsingen/<uuid:public_id>/begeleider/",
        placement_views.placement_supervisor,
        name="placement-supervisor",
    ),
]

accreditations: list[URLPattern] = [
    path("erkenningen/", accreditation_views.accreditation_list, name="accreditation-list"),
    path(
        "erkenningen/<uuid:public_id>/",
        accreditation_views.accreditation_detail,
        name="accreditation-detail",
    ),
    path(
        "erkenningen/<uuid:public_id>/corrigeren/",
        accreditation_views.accreditation_correct,
        name="accreditation-correct",
    ),
    path(
        "school/<slug:slug>/erkenningen/nieuw/",
        accreditation_views.accreditation_create,
        name="accreditation-create",
    ),
    path(
        "beheer/erkenningen/nieuw/",
        accreditation_views.accreditation_create_national,
        name="accreditation-create-national",
    ),
    path(f"{EMPLOYER}erkenningen/", accreditation_views.accreditation_own, name="accreditation-own"),
]

urlpatterns = [
    *slots,
    *at_once,
    *of_sign_ups,
    *of_social_returns,
    *supervisors,
    *matches,
    *placements,
    *accreditations,
]
