"""Addresses under /coordinatie/<slug>/."""

from django.urls import path

from partnerships.views import contacts
from partnerships.views.coordination import (
    action_lines,
    calls,
    closings,
    cooperation,
    groups,
    initiatives,
    member_letters,
    members,
    partnerships,
    sign_ups,
    social_returns,
    themes,
)

urlpatterns = [
    path("sroi/", social_returns.social_return_totals, name="coordination-social-returns"),
    path("berichten/", member_letters.letter_list, name="coordination-letters"),
    path("berichten/nieuw/", member_letters.letter_write, name="coordination-letter-write"),
    path("berichten/<uuid:public_id>/", member_letters.letter_detail, name="coordination-letter"),
    path("teksten/", partnerships.partnership_change, name="coordination-partnership-change"),
    path("actielijnen/nieuw/", action_lines.action_line_create, name="coordination-action-line-create"),
    path(
        "actielijnen/<uuid:public_id>/wijzigen/",
        action_lines.action_line_change,
        name="coordination-action-line-change",
    ),
    path(
        "actielijnen/<uuid:public_id>/beeindigen/",
        action_lines.action_line_end,
        name="coordination-action-line-end",
    ),
    path(
        "actielijnen/<uuid:public_id>/beeindigen/terugdraaien/",
        action_lines.action_line_reopen,
        name="coordination-action-line-reopen",
    ),
    path("gegevens/", partnerships.partnership_facts, name="coordination-partnership-facts"),
    path("initiatieven/", initiatives.initiative_list, name="coordination-initiatives"),
    path("initiatieven/nieuw/", initiatives.initiative_create, name="coordination-initiative-create"),
    path("initiatieven/<slug:initiative>/", initiatives.initiative_detail, name="coordination-initiative"),
    path(
        "initiatieven/<slug:initiative>/wijzigen/",
        initiatives.initiative_change,
        name="coordination-initiative-change",
    ),
    path(
        "initiatieven/<slug:initiative>/fase/",
        initiatives.initiative_move,
        name="coordination-initiative-move",
    ),
    path(
        "initiatieven/<slug:initiative>/fase/terugdraaien/",
        initiatives.initiative_take_back,
        name="coordination-initiative-take-back",
    ),
    path(
        "initiatieven/<slug:initiative>/resultaat/",
        initiatives.initiative_add_result,
        name="coordination-initiative-add-result",
    ),
    path(
        "initiatieven/<slug:initiative>/resultaten/<uuid:public_id>/verbeteren/",
        initiatives.initiative_correct_result,
        name="coordination-result-correct",
    ),
    path(
        "initiatieven/<slug:initiative>/weggooien/",
        closings.initiative_discard,
        name="coordination-initiative-discard",
    ),
    path("sluiten/", closings.partnership_close, name="coordination-close"),
    path("sluiten/terugdraaien/", closings.partnership_reopen, name="coordination-reopen"),
    path("overeenkomst/nieuw/", cooperation.cooperation_create, name="coordination-cooperation-create"),
    path(
        "overeenkomst/<uuid:public_id>/wijzigen/",
        cooperation.cooperation_change,
        name="coordination-cooperation-change",
    ),
    path(
        "overeenkomst/<uuid:public_id>/weggooien/",
        cooperation.cooperation_discard,
        name="coordination-cooperation-discard",
    ),
    path(
        "overeenkomst/<uuid:public_id>/voorleggen/",
        cooperation.cooperation_ask,
        name="coordination-cooperation-ask",
    ),
    path(
        "overeenkomst/<uuid:public_id>/intrekken/",
        cooperation.cooperation_withdraw,
        name="coordination-cooperation-withdraw",
    ),
    path(
        "overeenkomst/<uuid:public_id>/handtekening/<slug:organisation>/",
        cooperation.cooperation_record,
        name="coordination-cooperation-record",
    ),
    path("contactpersonen/", contacts.coordination_contacts, name="coordination-contacts"),
    path(
        "contactpersonen/<uuid:public_id>/stoppen/",
        contacts.coordination_contact_stop,
        name="coordination-contact-stop",
    ),
    path("leden/", members.member_list, name="coordination-members"),
    path("leden/uitnodigen/", members.member_invite, name="coordination-member-invite"),
    path("leden/<slug:organisation>/rol/", members.member_change, name="coordination-member-change"),
    path("leden/<slug:organisation>/begin/", members.member_start, name="coordination-member-start"),
    path("leden/<slug:organisation>/beeindigen/", members.member_end, name="coordination-member-end"),
    path(
        "leden/<slug:organisation>/terugdraaien/",
        members.member_take_back,
        name="coordination-member-take-back",
    ),
    path("groepen/", groups.group_list, name="coordination-groups"),
    path("groepen/nieuw/", groups.group_create, name="coordination-group-create"),
    path("groepen/<uuid:public_id>/wijzigen/", groups.group_change, name="coordination-group-change"),
    path("groepen/<uuid:public_id>/sluiten/", closings.group_close, name="coordination-group-close"),
    path(
        "groepen/<uuid:public_id>/sluiten/terugdraaien/",
        closings.group_reopen,
        name="coordination-group-reopen",
    ),
    path("groepen/<uuid:public_id>/weggooien/", closings.group_discard, name="coordination-group-discard"),
    path("groepen/<uuid:public_id>/zetel/", groups.seat_give, name="coordination-seat-give"),
    path(
        "groepen/<uuid:public_id>/zetel/betrokkene/",
        groups.seat_affiliate,
        name="coordination-seat-affiliate",
    ),
    path("groepen/<uuid:public_id>/zetel/nieuw/", groups.seat_newcomer, name="coordination-seat-newcomer"),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/betrokkene/beeindigen/",
        groups.affiliation_end,
        name="coordination-affiliation-end",
    ),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/betrokkene/terugdraaien/",
        groups.affiliation_take_back,
        name="coordination-affiliation-take-back",
    ),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/beeindigen/",
        groups.seat_end,
        name="coordination-seat-end",
    ),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/taak/",
        groups.seat_office,
        name="coordination-seat-office",
    ),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/opnieuw/",
        groups.seat_invite_again,
        name="coordination-seat-invite-again",
    ),
    path(
        "groepen/<uuid:public_id>/zetels/<uuid:seat>/terugdraaien/",
        groups.seat_take_back,
        name="coordination-seat-take-back",
    ),
    path("themas/nieuw/", themes.theme_create, name="coordination-theme-create"),
    path("themas/<uuid:public_id>/wijzigen/", themes.theme_change, name="coordination-theme-change"),
    path("themas/<uuid:public_id>/beeindigen/", themes.theme_end, name="coordination-theme-end"),
    path(
        "themas/<uuid:public_id>/beeindigen/terugdraaien/",
        themes.theme_reopen,
        name="coordination-theme-reopen",
    ),
    path("oproepen/", calls.call_list, name="coordination-calls"),
    path("oproepen/nieuw/", calls.call_create, name="coordination-call-create"),
    path("oproepen/<slug:call>/", calls.call_detail, name="coordination-call"),
    path("oproepen/<slug:call>/bord/", calls.call_board, name="coordination-call-board"),
    path("oproepen/<slug:call>/volgend-jaar/", calls.call_start_next, name="coordination-call-start-next"),
    path("oproepen/<slug:call>/wijzigen/", calls.call_change, name="coordination-call-change"),
    path("oproepen/<slug:call>/sluiten/", closings.call_close, name="coordination-call-close"),
    path("oproepen/<slug:call>/sluiten/terugdraaien/", closings.call_reopen, name="coordination-call-reopen"),
    path("oproepen/<slug:call>/weggooien/", closings.call_discard, name="coordination-call-discard"),
    path("aanmeldingen/<uuid:public_id>/", sign_ups.sign_up_detail, name="coordination-sign-up"),
    path(
        "aanmeldingen/<uuid:public_id>/aannemen/", sign_ups.sign_up_accept, name="coordination-sign-up-accept"
    ),
    path(
        "aanmeldingen/<uuid:public_id>/wijzigen/", sign_ups.sign_up_change, name="coordination-sign-up-change"
    ),
    path("aanmeldingen/<uuid:public_id>/stap/", sign_ups.sign_up_move, name="coordination-sign-up-move"),
    path(
        "aanmeldingen/<uuid:public_id>/stap/terugdraaien/",
        sign_ups.sign_up_take_back,
        name="coordination-sign-up-take-back",
    ),
    path(
        "aanmeldingen/<uuid:public_id>/contact/", sign_ups.contact_note_add, name="coordination-contact-add"
    ),
    path(
        "aanmeldingen/<uuid:public_id>/voorwaarden/",
        sign_ups.condition_add,
        name="coordination-condition-add",
    ),
    path("voorwaarden/<uuid:public_id>/", sign_ups.condition_settle, name="coordination-condition-settle"),
    path(
        "voorwaarden/<uuid:public_id>/terugdraaien/",
        sign_ups.condition_take_back,
        name="coordination-condition-take-back",
    ),
]
