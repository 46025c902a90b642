"""Addresses of what goes on inside an initiative of its numbers, money and milestones, and of proposals for new ones."""

from django.urls import path

from partnerships.views import fundings as funding_views
from partnerships.views import indicators as indicator_views
from partnerships.views import initiative_participants as participant_views
from partnerships.views import initiative_partners as partner_views
from partnerships.views import initiative_proposals as proposal_views
from partnerships.views import milestones as milestone_views
from partnerships.views import stories as story_views

_PARTNER = "initiatieven/<slug:slug>/partners/<slug:organisation>/"
initiative_partners = [
    path("initiatieven/<slug:slug>/binnen/", partner_views.initiative_inside, name="initiative-inside"),
    path("initiatieven/<slug:slug>/teksten/", partner_views.initiative_texts, name="initiative-texts"),
    path(
        "initiatieven/<slug:slug>/uitnodigen/",
        partner_views.partner_invite,
        name="initiative-partner-invite",
    ),
    path(_PARTNER, partner_views.partner_detail, name="initiative-partner"),
    path(f"{_PARTNER}vragen/", partner_views.partner_ask, name="initiative-partner-ask"),
    path(f"{_PARTNER}aannemen/", partner_views.partner_accept, name="initiative-partner-accept"),
    path(f"{_PARTNER}afwijzen/", partner_views.partner_decline, name="initiative-partner-decline"),
    path(f"{_PARTNER}intrekken/", partner_views.partner_withdraw, name="initiative-partner-withdraw"),
    path(f"{_PARTNER}beeindigen/", partner_views.partner_leave, name="initiative-partner-leave"),
]
_INDICATOR = "initiatieven/<slug:slug>/metingen/<uuid:public_id>/"
indicators = [
    path(
        "initiatieven/<slug:slug>/metingen/nieuw/", indicator_views.indicator_create, name="indicator-create"
    ),
    path(_INDICATOR, indicator_views.indicator_detail, name="indicator"),
    path(f"{_INDICATOR}wijzigen/", indicator_views.indicator_change, name="indicator-change"),
    path(
        f"{_INDICATOR}<uuid:measurement>/verbeteren/",
        indicator_views.measurement_correct,
        name="measurement-correct",
    ),
]
fundings = [
    path("initiatieven/<slug:slug>/geld/nieuw/", funding_views.funding_create, name="funding-create"),
    path(
        "initiatieven/<slug:slug>/geld/<uuid:public_id>/", funding_views.funding_change, name="funding-change"
    ),
]
_MILESTONE = "initiatieven/<slug:slug>/mijlpalen/<uuid:public_id>/"
milestones = [
    path(
        "initiatieven/<slug:slug>/mijlpalen/nieuw/", milestone_views.milestone_create, name="milestone-create"
    ),
    path(_MILESTONE, milestone_views.milestone_detail, name="milestone"),
    path(f"{_MILESTONE}wijzigen/", milestone_views.milestone_change, name="milestone-change"),
    path(f"{_MILESTONE}gehaald/", milestone_views.milestone_reach, name="milestone-reach"),
    path(f"{_MILESTONE}vervalt/", milestone_views.milestone_drop, name="milestone-drop"),
    path(f"{_MILESTONE}heropenen/", milestone_views.milestone_reopen, name="milestone-reopen"),
]
_PARTICIPANT = "initiatieven/<slug:slug>/deelnemers/<uuid:public_id>/"
participants = [
    path(
        "initiatieven/<slug:slug>/meedoen/",
        participant_views.initiative_participate,
        name="initiative-participate",
    ),
    path(
        "initiatieven/<slug:slug>/meedoen/stoppen/",
        participant_views.participate_leave,
        name="participate-leave",
    ),
    path(_PARTICIPANT, participant_views.participant_detail, name="initiative-participant"),
    path(f"{_PARTICIPANT}aannemen/", participant_views.participant_accept, name="participant-accept"),
    path(f"{_PARTICIPANT}afwijzen/", participant_views.participant_decline, name="participant-decline"),
]
_STORY = "initiatieven/<slug:slug>/verhaal/<uuid:public_id>/"
stories = [
    path("initiatieven/<slug:slug>/verhaal/nieuw/", story_views.story_write, name="story-write"),
    path(_STORY, story_views.story_detail, name="story"),
    path(f"{_STORY}beeld/", story_views.story_image, name="story-image"),
    path(f"{_STORY}publiceren/", story_views.story_publish, name="story-publish"),
    path(f"{_STORY}weghalen/", story_views.story_replace, name="story-replace"),
]
_PROPOSAL = "initiatiefvoorstellen/<uuid:public_id>/"
initiative_proposals = [
    path(
        "samenwerkingen/<slug:slug>/initiatiefvoorstellen/",
        proposal_views.proposal_list,
        name="initiative-proposals",
    ),
    path(
        "samenwerkingen/<slug:slug>/initiatiefvoorstellen/nieuw/",
        proposal_views.proposal_create,
        name="initiative-proposal-create",
    ),
    path(_PROPOSAL, proposal_views.proposal_detail, name="initiative-proposal"),
    path(f"{_PROPOSAL}aannemen/", proposal_views.proposal_take_on, name="initiative-proposal-take-on"),
    path(f"{_PROPOSAL}afwijzen/", proposal_views.proposal_decline, name="initiative-proposal-decline"),
    path(f"{_PROPOSAL}intrekken/", proposal_views.proposal_withdraw, name="initiative-proposal-withdraw"),
]

urlpatterns = [
    *indicators,
    *fundings,
    *milestones,
    *participants,
    *stories,
    *initiative_partners,
    *initiative_proposals,
]
