"""Addresses of this app."""

from django.urls import path

from meetings.views import (
    actions,
    agenda,
    attendance,
    decisions,
    kick_offs,
    meetings,
    needs,
    papers,
    promised,
    proposal_steps,
    proposals,
    rhythms,
)

app_name = "meetings"

PARTNERSHIP, GROUP = "samenwerkingen/<slug:slug>/", "groepen/<uuid:public_id>/"
MEETING, ITEM = "overleg/<uuid:public_id>/", "overleg/punten/<uuid:public_id>/"
PAPER = "overleg/stukken/<uuid:public_id>/"
ACTION, NEED = "acties/<uuid:public_id>/", "behoeften/<uuid:public_id>/"
PROPOSAL = "verbetervoorstellen/<uuid:public_id>/"

of_tables = [
    path(f"{PARTNERSHIP}overleg/", meetings.partnership_meetings, name="partnership-meetings"),
    path(
        f"{PARTNERSHIP}overleg/nieuw/", meetings.partnership_meeting_create, name="partnership-meeting-create"
    ),
    path(f"{PARTNERSHIP}overleg/ritme/", rhythms.partnership_rhythm, name="partnership-rhythm"),
    path(
        f"{PARTNERSHIP}overleg/ritme/volgende/",
        rhythms.partnership_rhythm_plan,
        name="partnership-rhythm-plan",
    ),
    path(f"{PARTNERSHIP}besluiten/", decisions.partnership_decisions, name="partnership-decisions"),
    path(f"{PARTNERSHIP}acties/", actions.partnership_actions, name="partnership-actions"),
    path(f"{PARTNERSHIP}acties/nieuw/", actions.partnership_action_create, name="partnership-action-create"),
    path(f"{PARTNERSHIP}behoeften/", needs.need_list, name="need-list"),
    path(f"{PARTNERSHIP}behoeften/nieuw/", needs.need_create, name="need-create"),
    path(f"{PARTNERSHIP}verbetervoorstellen/", proposals.proposal_list, name="proposal-list"),
    path(f"{PARTNERSHIP}oproepen/<slug:call>/kick-off/", kick_offs.call_kick_off, name="call-kick-off"),
    path(f"{GROUP}overleg/", meetings.group_meetings, name="group-meetings"),
    path(f"{GROUP}overleg/nieuw/", meetings.group_meeting_create, name="group-meeting-create"),
    path(f"{GROUP}overleg/ritme/", rhythms.group_rhythm, name="group-rhythm"),
    path(f"{GROUP}overleg/ritme/volgende/", rhythms.group_rhythm_plan, name="group-rhythm-plan"),
    path(f"{GROUP}besluiten/", decisions.group_decisions, name="group-decisions"),
    path(f"{GROUP}acties/", actions.group_actions, name="group-actions"),
    path(f"{GROUP}acties/nieuw/", actions.group_action_create, name="group-action-create"),
]
of_meetings = [
    path("overleg/", meetings.meeting_list, name="meeting-list"),
    path(MEETING, meetings.meeting_detail, name="meeting-detail"),
    path(f"{MEETING}wijzigen/", meetings.meeting_change, name="meeting-change"),
    path(f"{MEETING}uitnodigen/", meetings.meeting_invite, name="meeting-invite"),
    path(f"{MEETING}annuleren/", meetings.meeting_cancel, name="meeting-cancel"),
    path(f"{MEETING}beginnen/", meetings.meeting_hold, name="meeting-hold"),
    path(f"{MEETING}aanwezig/", meetings.meeting_attend, name="meeting-attend"),
    path(f"{MEETING}verslag/", meetings.meeting_close, name="meeting-close"),
    path(f"{MEETING}verslag/openen/", meetings.meeting_reopen, name="meeting-reopen"),
    path(f"{MEETING}vaststellen/<uuid:report>/", meetings.meeting_adopt, name="meeting-adopt"),
    path(f"{MEETING}punten/", agenda.item_create, name="item-create"),
    path(f"{MEETING}behoeften/", agenda.item_needs, name="item-needs"),
    path(f"{MEETING}acties/<uuid:action>/", agenda.item_action, name="item-action"),
    path(f"{MEETING}stukken/", papers.paper_add, name="paper-add"),
    path(PAPER, papers.paper_file, name="paper-file"),
    path(f"{PAPER}weg/", papers.paper_remove, name="paper-remove"),
    path(f"{MEETING}voorstellen/<uuid:proposal>/", agenda.item_proposal, name="item-proposal"),
    path(f"{MEETING}resultaten/<uuid:indicator>/", agenda.item_result, name="item-result"),
    path(f"{MEETING}fasen/<slug:initiative>/", agenda.item_phase, name="item-phase"),
    path(f"{ITEM}wijzigen/", agenda.item_change, name="item-change"),
    path(f"{ITEM}plaats/", agenda.item_move, name="item-move"),
    path(f"{ITEM}weg/", agenda.item_remove, name="item-remove"),
    path(f"{ITEM}notulen/", agenda.item_minute, name="item-minute"),
    path(f"{ITEM}besluit/", agenda.item_decide, name="item-decide"),
    path(f"{ITEM}comite/", agenda.item_commission, name="item-commission"),
    path(f"{ITEM}actie/", agenda.item_give, name="item-give"),
    path("overleg/uitnodigingen/<uuid:public_id>/", attendance.attendance_answer, name="attendance-answer"),
    path("overleg/antwoord/<uuid:public_id>/", attendance.attendance_own, name="attendance-own"),
]
of_actions = [
    path("acties/", actions.action_list, name="action-list"),
    path(ACTION, actions.action_detail, name="action-detail"),
    path(f"{ACTION}wijzigen/", actions.action_change, name="action-change"),
    path(f"{ACTION}begonnen/", actions.action_take, name="action-take"),
    path(f"{ACTION}klaar/", actions.action_finish, name="action-finish"),
    path(f"{ACTION}vervallen/", actions.action_lapse, name="action-lapse"),
    path(f"{ACTION}terug/", actions.action_take_back, name="action-take-back"),
]
of_promises = [path("beloften/<uuid:public_id>/actie/", promised.promise_give, name="promise-give")]
of_needs = [
    path(NEED, needs.need_detail, name="need-detail"),
    path(f"{NEED}wijzigen/", needs.need_change, name="need-change"),
    path(f"{NEED}antwoord/", needs.need_answer, name="need-answer"),
    path(f"{NEED}niet/", needs.need_drop, name="need-drop"),
    path(f"{NEED}terug/", needs.need_take_back, name="need-take-back"),
]

of_proposals = [
    path("verbetervoorstellen/", proposals.proposal_own, name="proposal-own"),
    path("verbetervoorstellen/nieuw/", proposals.proposal_create, name="proposal-create"),
    path(PROPOSAL, proposals.proposal_detail, name="proposal-detail"),
    path(f"{PROPOSAL}wijzigen/", proposals.proposal_change, name="proposal-change"),
    path(f"{PROPOSAL}versturen/", proposals.proposal_submit, name="proposal-submit"),
    path(f"{PROPOSAL}intrekken/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path(f"{PROPOSAL}behandelen/", proposal_steps.proposal_consider, name="proposal-consider"),
    path(f"{PROPOSAL}overdragen/", proposal_steps.proposal_hand_over, name="proposal-hand-over"),
    path(f"{PROPOSAL}overnemen/", proposal_steps.proposal_adopt, name="proposal-adopt"),
    path(f"{PROPOSAL}afwijzen/", proposal_steps.proposal_reject, name="proposal-reject"),
    path(f"{PROPOSAL}uitgevoerd/", proposal_steps.proposal_carry_out, name="proposal-carry-out"),
    path(f"{PROPOSAL}ook/", proposal_steps.proposal_begin_too, name="proposal-begin-too"),
    path(
        "verbetervoorstellen/ook/<uuid:public_id>/terug/",
        proposal_steps.proposal_begin_not,
        name="proposal-begin-not",
    ),
    path(f"{PROPOSAL}terug/", proposals.proposal_take_back, name="proposal-take-back"),
]

urlpatterns = [*of_tables, *of_meetings, *of_actions, *of_needs, *of_promises, *of_proposals]
