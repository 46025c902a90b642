"""Addresses of this app."""

from django.urls import path

from playbooks.views import adoptions, leads, offers, playbooks, public

app_name = "playbooks"

OWN, PART = (
    "samenwerkingen/<slug:slug>/draaiboek/",
    "samenwerkingen/<slug:slug>/draaiboek/stukken/<uuid:piece>/",
)
LEAD = "samenwerkingen/<slug:slug>/draaiboek/ook/<uuid:public_id>/"
ADOPTED = "samenwerkingen/<slug:slug>/draaiboek/overgenomen/"
OFFER = "draaiboeken/verbeteringen/<uuid:public_id>/"

urlpatterns = [
    path("draaiboeken/", public.playbook_list, name="playbook-list"),
    path("draaiboeken/wie-van-wie/", adoptions.playbook_family, name="playbook-family"),
    path(OFFER, offers.offer_detail, name="offer-detail"),
    path(f"{OFFER}aannemen/", offers.offer_accept, name="offer-accept"),
    path(f"{OFFER}afwijzen/", offers.offer_decline, name="offer-decline"),
    path(f"{OFFER}intrekken/", offers.offer_withdraw, name="offer-withdraw"),
    path("draaiboeken/<slug:slug>/beginnen/", adoptions.adoption_start, name="adoption-start"),
    path("draaiboeken/<slug:slug>/", public.playbook_detail, name="playbook-detail"),
    path("draaiboeken/<slug:slug>/versie/<int:number>/", public.playbook_version, name="playbook-version"),
    path("draaiboeken/<slug:slug>/ook/", leads.lead_create, name="lead-create"),
    path("draaiboeken/<slug:slug>/ook/verzonden/", leads.lead_sent, name="lead-sent"),
    path(OWN, playbooks.playbook_own, name="playbook-own"),
    path(f"{OWN}beginnen/", playbooks.playbook_begin, name="playbook-begin"),
    path(f"{OWN}wijzigen/", playbooks.playbook_change, name="playbook-change"),
    path(f"{OWN}ophalen/", playbooks.playbook_bring_over, name="playbook-bring-over"),
    path(f"{OWN}publiceren/", playbooks.playbook_publish, name="playbook-publish"),
    path(f"{OWN}weg/", playbooks.playbook_discard, name="playbook-discard"),
    path(f"{OWN}stukken/", playbooks.part_create, name="part-create"),
    path(f"{OWN}ook/", leads.lead_list, name="lead-list"),
    path(LEAD, leads.lead_detail, name="lead-detail"),
    path(f"{LEAD}sluiten/", leads.lead_close, name="lead-close"),
    path(f"{LEAD}openen/", leads.lead_reopen, name="lead-reopen"),
    path(ADOPTED, adoptions.adoption_detail, name="adoption-detail"),
    path(f"{ADOPTED}verschillen/", adoptions.adoption_differences, name="adoption-differences"),
    path(f"{ADOPTED}keuzes/<int:number>/terug/", adoptions.choice_undo, name="choice-undo"),
    path(f"{ADOPTED}stukken/", adoptions.adopted_part_create, name="adopted-part-create"),
    path(f"{ADOPTED}stukken/<uuid:piece>/", adoptions.adopted_part_change, name="adopted-part-change"),
    path(f"{ADOPTED}stukken/<uuid:piece>/aanbieden/", offers.offer_create, name="offer-create"),
    path(f"{OWN}verbeteringen/", offers.offer_list, name="offer-list"),
    path(PART, playbooks.part_change, name="part-change"),
    path(f"{PART}weg/", playbooks.part_remove, name="part-remove"),
]
