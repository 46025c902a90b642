"""Addresses around students. Shared objects by uuid; the student's own pages under /student/."""

from django.urls import path

from students.views import editor, evidence, goals, plans, student, versions, workplace

app_name = "students"

own = [
    path("student/", student.plan_mine, name="plan-mine"),
    path("student/taken/", student.tasks, name="tasks"),
    path("student/agenda/", student.agenda, name="agenda"),
    path("student/werk/", student.situation_list, name="situation-list"),
    path("student/werk/situaties/nieuw/", student.situation_add, name="situation-add"),
    path("student/ik/", student.me, name="me"),
]
plan = [
    path("inschrijvingen/<uuid:public_id>/leerplan/maken/", plans.plan_create, name="plan-create"),
    path("leerplannen/<uuid:public_id>/", plans.plan_detail, name="plan-detail"),
    path("leerplannen/<uuid:public_id>/afdrukken/", plans.plan_print, name="plan-print"),
    path("leerplannen/<uuid:public_id>/akkoord/", plans.plan_consent, name="plan-consent"),
    path("leerplannen/<uuid:public_id>/akkoord/vragen/", plans.plan_ask, name="plan-ask"),
    path("leerplannen/<uuid:public_id>/bewerken/", editor.plan_edit, name="plan-edit"),
    path("leerplannen/<uuid:public_id>/dekking/", plans.plan_coverage, name="plan-coverage"),
    path("leerplannen/<uuid:public_id>/doelen/nieuw/", editor.goal_add, name="goal-add"),
    path("leerplannen/<uuid:public_id>/versies/", versions.plan_versions, name="plan-versions"),
]
goal = [
    path("doelen/<uuid:public_id>/", goals.goal_detail, name="goal-detail"),
    path("doelen/<uuid:public_id>/aantonen/", goals.goal_demonstrate, name="goal-demonstrate"),
    path("doelen/<uuid:public_id>/akkoord/", goals.goal_answer, name="goal-answer"),
    path("doelen/<uuid:public_id>/beginnen/", goals.goal_begin, name="goal-begin"),
    path("doelen/<uuid:public_id>/beoordelen/", goals.goal_assess, name="goal-assess"),
    path("doelen/<uuid:public_id>/bewijs/nieuw/", evidence.evidence_add, name="evidence-add"),
    path("doelen/<uuid:public_id>/feedback/", goals.remark_add, name="remark-add"),
    path("doelen/<uuid:public_id>/hervatten/", goals.goal_resume, name="goal-resume"),
    path("doelen/<uuid:public_id>/vervallen/", goals.goal_lapse, name="goal-lapse"),
    path("doelen/<uuid:public_id>/wijzigen/", editor.goal_change, name="goal-change"),
    path("bewijs/<uuid:public_id>/bestand/", evidence.evidence_file, name="evidence-file"),
    path("bewijs/<uuid:public_id>/delen/", evidence.evidence_share, name="evidence-share"),
    path("bewijs/<uuid:public_id>/verwijderen/", evidence.evidence_remove, name="evidence-remove"),
]
workplaces = [
    path("begeleider/", workplace.supervisor_start, name="supervisor-start"),
    path("werkgever/<slug:slug>/studenten/", workplace.employer_students, name="employer-students"),
]

urlpatterns = [*own, *plan, *goal, *workplaces]
