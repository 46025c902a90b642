"""Addresses around students. Shared objects by uuid; the student's own pages under /student/."""

from django.urls import path

from students.views import (
    bulk,
    cohorts,
    drafts,
    enrolment_files,
    enrolments,
    evidence,
    goals,
    hand_ins,
    leavings,
    opinions,
    own_situations,
    plans,
    remarks,
    reports,
    sessions,
    student,
    workplace,
)
from students.views import plan_editor as editor
from students.views import plan_versions as versions
from students.views import situations as cohort_situations

app_name = "students"

COHORT = "school/<slug:school>/cohorten/<uuid:cohort>/"
IMPORT = f"{COHORT}studenten/inlezen/<uuid:batch>/"
ENROLMENT = f"{COHORT}studenten/<uuid:enrolment>/"

cohort_urls = [
    path("school/<slug:school>/cohorten/", cohorts.cohort_list, name="cohort-list"),
    path(f"{COHORT}lessen/", sessions.session_list, name="session-list"),
    path(f"{COHORT}lessen/<uuid:session>/", sessions.session_detail, name="session-detail"),
]
enrolment_urls = [
    path(f"{COHORT}studenten/inschrijven/", enrolments.enrolment_create, name="enrolment-create"),
    path(f"{COHORT}studenten/inlezen/", enrolment_files.enrolment_import, name="enrolment-import"),
    path(IMPORT, enrolment_files.enrolment_import_batch, name="enrolment-import-batch"),
    path(f"{IMPORT}opslaan/", enrolment_files.enrolment_import_commit, name="enrolment-import-commit"),
    path(f"{IMPORT}terugdraaien/", enrolment_files.enrolment_import_undo, name="enrolment-import-undo"),
    path(f"{IMPORT}te-controleren.csv", enrolment_files.enrolment_import_rows, name="enrolment-import-rows"),
    path(
        f"{COHORT}studenten/inlezen/voorbeeld.csv",
        enrolment_files.enrolment_template,
        name="enrolment-template",
    ),
    path(f"{ENROLMENT}wijzigen/", enrolments.enrolment_edit, name="enrolment-edit"),
    path(f"{ENROLMENT}uitnodigen/", enrolments.enrolment_invite, name="enrolment-invite"),
    path(f"{ENROLMENT}toelaten/", enrolments.enrolment_admit, name="enrolment-admit"),
    path(f"{ENROLMENT}uitschrijven/", leavings.enrolment_drop_out, name="enrolment-drop-out"),
    path(f"{ENROLMENT}afronden/", leavings.enrolment_complete, name="enrolment-complete"),
    path(f"{ENROLMENT}terugdraaien/", leavings.enrolment_reinstate, name="enrolment-reinstate"),
    path(f"{ENROLMENT}opnieuw/", leavings.enrolment_return, name="enrolment-return"),
    path(f"{ENROLMENT}overplaatsen/", leavings.enrolment_transfer, name="enrolment-transfer"),
]
MANY = "school/<slug:school>/studenten/"
many_urls = [
    path(f"{MANY}leerplannen-maken/", bulk.plans_make, name="plans-make"),
    path(f"{MANY}uitnodigen/", bulk.students_invite, name="students-invite"),
]
cohort_situation_urls = [
    path(f"{COHORT}werksituaties/", cohort_situations.situation_list, name="cohort-situation-list"),
    path(f"{COHORT}werksituaties/inplannen/", cohort_situations.situation_plan, name="cohort-situation-plan"),
    path(
        f"{COHORT}werksituaties/<uuid:situation>/",
        cohort_situations.situation_treat,
        name="cohort-situation-treat",
    ),
    path(
        f"{COHORT}werksituaties/<uuid:situation>/leegmaken/",
        cohort_situations.situation_blank,
        name="cohort-situation-blank",
    ),
    path(
        f"{COHORT}werksituaties/<uuid:situation>/laten-staan/",
        cohort_situations.situation_keep,
        name="cohort-situation-keep",
    ),
    path(
        f"{COHORT}werksituaties/<uuid:situation>/uit-les/<uuid:session>/",
        cohort_situations.situation_take_out,
        name="cohort-situation-take-out",
    ),
]

own = [
    path("student/agenda/", student.agenda, name="agenda"),
    path("student/werk/situaties/nieuw/", own_situations.situation_add, name="situation-add"),
    path("student/werk/situaties/<uuid:situation>/", own_situations.situation_edit, name="situation-edit"),
    path(
        "student/werk/situaties/<uuid:situation>/intrekken/",
        own_situations.situation_withdraw,
        name="situation-withdraw",
    ),
    path("student/ik/", student.me, name="me"),
    path("student/wensen/", student.wishes, name="wishes"),
]
plan = [
    path("inschrijvingen/<uuid:public_id>/leerplan/maken/", plans.plan_create, name="plan-create"),
    path("leerplannen/<uuid:public_id>/", plans.plan_detail, name="plan-detail"),
    path("leerplannen/<uuid:public_id>/afdrukken/", plans.plan_print, name="plan-print"),
    path("leerplannen/<uuid:public_id>/afsluiten/", plans.plan_close, name="plan-close"),
    path("leerplannen/<uuid:public_id>/weggooien/", drafts.plan_discard, name="plan-discard"),
    path("leerplannen/<uuid:public_id>/heropenen/", plans.plan_reopen, name="plan-reopen"),
    path("leerplannen/<uuid:public_id>/akkoord/", plans.plan_consent, name="plan-consent"),
    path("leerplannen/<uuid:public_id>/akkoord/vragen/", plans.plan_ask, name="plan-ask"),
    path("leerplannen/<uuid:public_id>/bewerken/", editor.plan_edit, name="plan-edit"),
    path("leerplannen/<uuid:public_id>/dekking/", plans.plan_coverage, name="plan-coverage"),
    path("leerplannen/<uuid:public_id>/doelen/nieuw/", editor.goal_add, name="goal-add"),
    path("leerplannen/<uuid:public_id>/versies/", versions.plan_versions, name="plan-versions"),
]
goal = [
    path("doelen/<uuid:public_id>/", goals.goal_detail, name="goal-detail"),
    path("doelen/<uuid:public_id>/akkoord/", goals.goal_answer, name="goal-answer"),
    path("doelen/<uuid:public_id>/beginnen/", goals.goal_begin, name="goal-begin"),
    path("doelen/<uuid:public_id>/beoordelen/", hand_ins.goal_assess, name="goal-assess"),
    path("doelen/<uuid:public_id>/beoordelen/corrigeren/", hand_ins.goal_correct, name="goal-correct"),
    path("doelen/<uuid:public_id>/bewijs/nieuw/", evidence.evidence_add, name="evidence-add"),
    path("doelen/<uuid:public_id>/feedback/", remarks.remark_add, name="remark-add"),
    path("doelen/<uuid:public_id>/hervatten/", goals.goal_resume, name="goal-resume"),
    path("doelen/<uuid:public_id>/inleveren/", hand_ins.goal_hand_in, name="goal-hand-in"),
    path("doelen/<uuid:public_id>/oordeel/", opinions.opinion_add, name="opinion-add"),
    path("oordelen/<uuid:public_id>/terugnemen/", opinions.opinion_take_back, name="opinion-take-back"),
    path("doelen/<uuid:public_id>/terugdraaien/", hand_ins.goal_take_back, name="goal-take-back"),
    path("doelen/<uuid:public_id>/vervallen/", goals.goal_lapse, name="goal-lapse"),
    path("doelen/<uuid:public_id>/weggooien/", drafts.goal_discard, name="goal-discard"),
    path("doelen/<uuid:public_id>/wijzigen/", editor.goal_change, name="goal-change"),
    path("feedback/<uuid:public_id>/terugnemen/", remarks.remark_take_back, name="remark-take-back"),
    path("feedback/<uuid:public_id>/corrigeren/", remarks.remark_correct, name="remark-correct"),
    *[
        path(f"{place}/<uuid:public_id>/{end}/", view, {"kind": kind}, name=f"{kind}-{name}")
        for kind, place in (("evidence", "bewijs"), ("remark", "feedback"))
        for end, view, name in (
            ("weghalen", reports.take_away, "take-away"),
            ("laten-staan", reports.keep, "keep"),
        )
    ],
    path("bewijs/<uuid:public_id>/bestand/", evidence.evidence_file, name="evidence-file"),
    path("bewijs/<uuid:public_id>/delen/", evidence.evidence_share, name="evidence-share"),
    path("bewijs/<uuid:public_id>/wijzigen/", evidence.evidence_edit, name="evidence-edit"),
    path("bewijs/<uuid:public_id>/ander-bestand/", evidence.evidence_replace, name="evidence-replace"),
    path("bewijs/<uuid:public_id>/verwijderen/", evidence.evidence_remove, name="evidence-remove"),
]
workplaces = [
    path("begeleider/", workplace.supervisor_start, name="supervisor-start"),
    path(
        "inschrijvingen/<uuid:public_id>/werksituaties/",
        workplace.shown_situations,
        name="enrolment-situations",
    ),
    *[
        path(f"{place}/<uuid:public_id>/melden/", reports.report, {"kind": kind}, name=f"{kind}-report")
        for kind, place in (("situation", "werksituaties"), ("evidence", "bewijs"), ("remark", "feedback"))
    ],
    path("werkgever/<slug:slug>/studenten/", workplace.employer_students, name="employer-students"),
]

urlpatterns = [
    *cohort_urls,
    *enrolment_urls,
    *many_urls,
    *cohort_situation_urls,
    *own,
    *plan,
    *goal,
    *workplaces,
]
