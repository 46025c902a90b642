"""Addresses of this app, a list per aggregate."""

from django.urls import include, path

from partnerships.views import action_lines as action_line_views
from partnerships.views import affiliations as affiliation_views
from partnerships.views import books as book_views
from partnerships.views import calls as call_views
from partnerships.views import contacts as contact_views
from partnerships.views import cooperation as cooperation_views
from partnerships.views import erasures as erasure_views
from partnerships.views import first_managers as first_manager_views
from partnerships.views import free_days as free_day_views
from partnerships.views import groups as group_views
from partnerships.views import initiative_urls as inside_initiatives
from partnerships.views import initiatives as initiative_views
from partnerships.views import join_requests as join_request_views
from partnerships.views import kept_urls as kept
from partnerships.views import locations as location_views
from partnerships.views import memberships as membership_views
from partnerships.views import merging as merging_views
from partnerships.views import merging_people as merging_people_views
from partnerships.views import organisations as organisation_views
from partnerships.views import own_roles as own_role_views
from partnerships.views import partnerships as partnership_views
from partnerships.views import persons as person_views
from partnerships.views import role_requests as role_request_views
from partnerships.views import saved_searches as saved_search_views
from partnerships.views import support as support_views
from partnerships.views import themes as theme_views
from partnerships.views.coordination import urls as coordination

app_name = "partnerships"

initiatives = [
    path("initiatieven/", initiative_views.initiative_list, name="initiative-list"),
    path("initiatieven/atom.xml", initiative_views.initiative_feed, name="initiative-feed"),
    path("initiatieven/<slug:slug>/", initiative_views.initiative_detail, name="initiative-detail"),
]
saved_searches = [
    path("volgen/verstuurd/", saved_search_views.saved_search_sent, name="saved-search-sent"),
    path("volgen/<slug:name>/", saved_search_views.saved_search_ask, name="saved-search-ask"),
    path("volgen/link/<str:token>/", saved_search_views.saved_search, name="saved-search"),
    path("volgen/link/<str:token>/ja/", saved_search_views.saved_search_confirm, name="saved-search-confirm"),
    path("volgen/link/<str:token>/stoppen/", saved_search_views.saved_search_end, name="saved-search-end"),
]
partnerships = [
    path("samenwerkingen/", partnership_views.partnership_list, name="partnership-list"),
    path("samenwerkingen/<slug:slug>/", partnership_views.partnership_detail, name="partnership-detail"),
    path(
        "samenwerkingen/<slug:slug>/leden/", partnership_views.partnership_inside, name="partnership-inside"
    ),
    path("samenwerkingen/<slug:slug>/contacten/", book_views.contact_book, name="contact-book"),
    path("samenwerkingen/<slug:slug>/groepen/", group_views.partnership_groups, name="partnership-groups"),
    path(
        "samenwerkingen/<slug:slug>/actielijnen/",
        action_line_views.partnership_action_lines,
        name="partnership-action-lines",
    ),
    path(
        "samenwerkingen/<slug:slug>/actielijnen/<uuid:public_id>/",
        action_line_views.action_line,
        name="action-line",
    ),
    path("samenwerkingen/<slug:slug>/themas/", theme_views.partnership_themes, name="partnership-themes"),
    path(
        "samenwerkingen/<slug:slug>/themas/<uuid:public_id>/",
        theme_views.partnership_theme,
        name="partnership-theme",
    ),
]
cooperation = [
    path(
        "samenwerkingen/<slug:slug>/overeenkomst/",
        cooperation_views.cooperation_list,
        name="cooperation-list",
    ),
    path(
        "samenwerkingen/<slug:slug>/overeenkomst/<uuid:public_id>/",
        cooperation_views.cooperation_detail,
        name="cooperation-detail",
    ),
    path(
        "samenwerkingen/<slug:slug>/overeenkomst/<uuid:public_id>/tekenen/<slug:organisation>/",
        cooperation_views.cooperation_sign,
        name="cooperation-sign",
    ),
]
organisations = [
    path("organisaties/<slug:slug>/", organisation_views.organisation_detail, name="organisation-detail"),
]
calls = [
    path("oproepen/", call_views.call_list, name="call-list"),
    path("oproepen/aanmelding/<uuid:public_id>/", call_views.sign_up_own, name="sign-up-own"),
    path("oproepen/<slug:slug>/", call_views.call_detail, name="call-detail"),
    path("oproepen/<slug:slug>/aanmelden/", call_views.call_sign_up, name="call-sign-up"),
    path("oproepen/<slug:slug>/aanmelden/verzonden/", call_views.sign_up_sent, name="sign-up-sent"),
]

memberships = [
    path("organisatie/<slug:slug>/mensen/", membership_views.people_list, name="people-list"),
    path("organisatie/<slug:slug>/mensen/zelf/", membership_views.people_take_on, name="people-take-on"),
    path("organisatie/<slug:slug>/mensen/uitnodigen/", membership_views.people_invite, name="people-invite"),
    path(
        "organisatie/<slug:slug>/mensen/uitnodigen/samen/",
        membership_views.people_invite_many,
        name="people-invite-many",
    ),
    path(
        "organisatie/<slug:slug>/mensen/uitgenodigd/<uuid:public_id>/opnieuw/",
        membership_views.people_invite_again,
        name="people-invite-again",
    ),
    path(
        "organisatie/<slug:slug>/mensen/uitgenodigd/<uuid:public_id>/intrekken/",
        membership_views.people_invite_withdraw,
        name="people-invite-withdraw",
    ),
    path(
        "organisatie/<slug:slug>/mensen/persoon/<uuid:public_id>/",
        person_views.person_detail,
        name="person-detail",
    ),
    path(
        "organisatie/<slug:slug>/mensen/persoon/<uuid:public_id>/adres/",
        person_views.person_address,
        name="person-address",
    ),
    path(
        "organisatie/<slug:slug>/mensen/<uuid:public_id>/wijzigen/",
        membership_views.people_change,
        name="people-change",
    ),
    path(
        "organisatie/<slug:slug>/mensen/<uuid:public_id>/beeindigen/",
        membership_views.people_end,
        name="people-end",
    ),
    path(
        "organisatie/<slug:slug>/mensen/<uuid:public_id>/terugdraaien/",
        membership_views.people_take_back,
        name="people-take-back",
    ),
]
own_roles = [
    path("account/rollen/", own_role_views.own_roles, name="own-roles"),
    path(
        "account/rollen/<uuid:public_id>/terugdraaien/",
        own_role_views.own_role_take_back,
        name="own-role-take-back",
    ),
]
contacts = [
    path("account/contact/", contact_views.own_card, name="own-card"),
    path("account/contact/<uuid:public_id>/", contact_views.own_contact, name="own-contact"),
    path(
        "account/contact/<uuid:public_id>/weigeren/",
        contact_views.own_contact_refuse,
        name="own-contact-refuse",
    ),
    path(
        "account/contact/<uuid:public_id>/stoppen/",
        contact_views.own_contact_stop,
        name="own-contact-stop",
    ),
    path(
        "organisatie/<slug:slug>/contactpersonen/",
        contact_views.organisation_contacts,
        name="organisation-contacts",
    ),
    path(
        "organisatie/<slug:slug>/contactpersonen/<uuid:public_id>/stoppen/",
        contact_views.organisation_contact_stop,
        name="organisation-contact-stop",
    ),
]
locations = [
    path("organisatie/<slug:slug>/locaties/", location_views.location_list, name="location-list"),
    path("organisatie/<slug:slug>/locaties/nieuw/", location_views.location_create, name="location-create"),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/wijzigen/",
        location_views.location_change,
        name="location-change",
    ),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/sluiten/",
        location_views.location_close,
        name="location-close",
    ),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/heropenen/",
        location_views.location_reopen,
        name="location-reopen",
    ),
]
affiliations = [
    path("organisatie/<slug:slug>/betrokkenen/", affiliation_views.affiliation_list, name="affiliation-list"),
    path(
        "organisatie/<slug:slug>/betrokkenen/nieuw/",
        affiliation_views.affiliation_add,
        name="affiliation-add",
    ),
    path(
        "organisatie/<slug:slug>/betrokkenen/<uuid:public_id>/beeindigen/",
        affiliation_views.affiliation_end,
        name="affiliation-end",
    ),
    path(
        "organisatie/<slug:slug>/betrokkenen/<uuid:public_id>/terugdraaien/",
        affiliation_views.affiliation_take_back,
        name="affiliation-take-back",
    ),
]
free_days = [
    path("organisatie/<slug:slug>/vrije-dagen/", free_day_views.free_day_list, name="free-day-list"),
    path(
        "organisatie/<slug:slug>/vrije-dagen/wijzigen/",
        free_day_views.free_day_change,
        name="free-day-change",
    ),
]
role_requests = [
    path("aansluiten/", role_request_views.role_request_list, name="role-request-list"),
    path("aansluiten/<slug:slug>/", role_request_views.role_request_ask, name="role-request-ask"),
    path(
        "aansluiten/<uuid:public_id>/intrekken/",
        role_request_views.role_request_withdraw,
        name="role-request-withdraw",
    ),
    path(
        "organisatie/<slug:slug>/aanvragen/<uuid:public_id>/",
        role_request_views.role_request,
        name="role-request",
    ),
    path(
        "organisatie/<slug:slug>/aanvragen/<uuid:public_id>/geven/",
        role_request_views.role_request_give,
        name="role-request-give",
    ),
    path(
        "organisatie/<slug:slug>/aanvragen/<uuid:public_id>/afwijzen/",
        role_request_views.role_request_decline,
        name="role-request-decline",
    ),
]
join_requests = [
    path(
        "organisatie/<slug:slug>/samenwerkingen/",
        join_request_views.organisation_partnerships,
        name="organisation-partnerships",
    ),
    path(
        "organisatie/<slug:slug>/samenwerkingen/<slug:partnership>/vragen/",
        join_request_views.join_request_ask,
        name="join-request-ask",
    ),
    path("toetredingen/<uuid:public_id>/", join_request_views.join_request, name="join-request"),
    path(
        "toetredingen/<uuid:public_id>/aannemen/",
        join_request_views.join_request_accept,
        name="join-request-accept",
    ),
    path(
        "toetredingen/<uuid:public_id>/afwijzen/",
        join_request_views.join_request_decline,
        name="join-request-decline",
    ),
    path(
        "toetredingen/<uuid:public_id>/intrekken/",
        join_request_views.join_request_withdraw,
        name="join-request-withdraw",
    ),
    path(
        "toetredingen/<uuid:public_id>/terugdraaien/",
        join_request_views.join_request_take_back,
        name="join-request-take-back",
    ),
    path(
        "toetredingen/<uuid:public_id>/eerste-beheerder/",
        join_request_views.join_request_first_manager,
        name="join-request-first-manager",
    ),
]
first_managers = [
    path("beheer/eerste-beheerders/", first_manager_views.first_manager_list, name="first-manager-list"),
    path(
        "beheer/eerste-beheerders/<slug:slug>/",
        first_manager_views.first_manager_invite,
        name="first-manager-invite",
    ),
]
merging = [
    path(
        "beheer/organisaties/dubbel/", merging_views.organisation_alike_list, name="organisation-alike-list"
    ),
    path(
        "beheer/organisaties/<slug:slug>/samenvoegen/",
        merging_views.organisation_merge_find,
        name="organisation-merge-find",
    ),
    path(
        "beheer/organisaties/<slug:slug>/samenvoegen/<slug:other>/",
        merging_views.organisation_merge,
        name="organisation-merge",
    ),
    path(
        "beheer/organisaties/<slug:slug>/samenvoegen/<slug:other>/twee/",
        merging_views.organisation_apart,
        name="organisation-apart",
    ),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/samenvoegen/",
        merging_views.location_merge_find,
        name="location-merge-find",
    ),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/samenvoegen/<uuid:other>/",
        merging_views.location_merge,
        name="location-merge",
    ),
    path(
        "organisatie/<slug:slug>/locaties/<uuid:public_id>/samenvoegen/<uuid:other>/twee/",
        merging_views.location_apart,
        name="location-apart",
    ),
    path(
        "organisatie/<slug:slug>/mensen/persoon/<uuid:public_id>/samenvoegen/",
        merging_people_views.person_merge_find,
        name="person-merge-find",
    ),
    path(
        "organisatie/<slug:slug>/mensen/persoon/<uuid:public_id>/samenvoegen/<uuid:other>/",
        merging_people_views.person_merge,
        name="person-merge",
    ),
    path(
        "organisatie/<slug:slug>/mensen/persoon/<uuid:public_id>/samenvoegen/<uuid:other>/twee/",
        merging_people_views.person_apart,
        name="person-apart",
    ),
]
_ACT = "beheer/handelingen/<uuid:public_id>/"
support = [
    path("beheer/handelingen/", support_views.support_list, name="support-list"),
    path("beheer/handelingen/nieuw/", support_views.support_begin, name="support-begin"),
    path(_ACT, support_views.support_detail, name="support-detail"),
    path(f"{_ACT}adres/", support_views.support_address, name="support-address"),
    path(f"{_ACT}stoppen/", support_views.support_close, name="support-close"),
    path(f"{_ACT}weer-openen/", support_views.support_reopen, name="support-reopen"),
    path(f"{_ACT}uitloggen/", support_views.support_sign_out, name="support-sign-out"),
    path(f"{_ACT}tweede-stap/", support_views.support_second_step, name="support-second-step"),
    path(
        f"{_ACT}uitnodiging/<uuid:invitation>/",
        support_views.support_invite_again,
        name="support-invite-again",
    ),
    path(f"{_ACT}samenvoegen/<uuid:other>/", merging_people_views.support_merge, name="support-merge"),
    path(f"{_ACT}mail/", support_views.support_mail_again, name="support-mail-again"),
    path(f"{_ACT}klaar/", support_views.support_end, name="support-end"),
    path("beheer/wissen/", erasure_views.erasure_list, name="erasure-list"),
    path("beheer/wissen/<uuid:public_id>/", erasure_views.erasure_detail, name="erasure-detail"),
]
groups = [
    path("groepen/", group_views.group_list, name="group-list"),
    path("groepen/<uuid:public_id>/", group_views.group_detail, name="group-detail"),
]
coordination_urls = [path("coordinatie/<slug:slug>/", include(coordination.urlpatterns))]

urlpatterns = [
    *initiatives,
    *inside_initiatives.urlpatterns,
    *saved_searches,
    *partnerships,
    *cooperation,
    *kept.documents,
    *organisations,
    *kept.social_returns,
    *calls,
    *memberships,
    *own_roles,
    *contacts,
    *locations,
    *affiliations,
    *free_days,
    *role_requests,
    *join_requests,
    *first_managers,
    *merging,
    *support,
    *groups,
    *coordination_urls,
]
