"""Addresses of this app."""

from django.urls import path

from tasks.views import areas, detail, documents, of_unit, plan_moves, plans, register

app_name = "tasks"
# A plan by its group, year and version: /plans/341100-2026-1/
PLAN = "plans/<slug:group>-<int:year>-<int:version>"
urlpatterns = [
    path("tasks/", register.task_list, name="list"),
    path("tasks/export/", register.task_export, name="export"),
    path("tasks/units/<slug:code>/", of_unit.unit_tasks, name="unit-tasks"),
    path("tasks/<uuid:uid>/", detail.task_detail, name="detail"),
    path("tasks/<uuid:uid>/move/", detail.task_move, name="move"),
    path("tasks/<uuid:uid>/reports/<int:year>/<int:quarter>/", detail.report_detail, name="report"),
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/new/", plan_moves.plan_create, name="plan-create"),
    path(f"{PLAN}/", plans.plan_detail, name="plan-detail"),
    path(f"{PLAN}/carry/", plan_moves.plan_carry, name="plan-carry"),
    path(f"{PLAN}/merge/", plan_moves.plan_merge, name="plan-merge"),
    path(f"{PLAN}/supersede/", plan_moves.plan_supersede, name="plan-supersede"),
    path(f"{PLAN}/discard/", plan_moves.plan_discard, name="plan-discard"),
    path("tasks/<uuid:uid>/section/", areas.task_section, name="section"),
    path("areas/", areas.area_list, name="area-list"),
    path("areas/crosswalk/", areas.crosswalk, name="crosswalk"),
    path("areas/<slug:code>/", areas.area_detail, name="area-detail"),
    path("documents/", documents.document_list, name="document-list"),
    path("documents/export/", documents.document_export, name="document-export"),
    path("documents/<slug:code>/", documents.document_detail, name="document-detail"),
]
