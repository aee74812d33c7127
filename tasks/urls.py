"""Addresses of this app."""

from django.urls import path

from tasks.views import detail, of_unit, register, registers

app_name = "tasks"
urlpatterns = [
    path("tasks/", register.task_list, name="list"),
    path("tasks/export/", register.task_export, name="export"),
    path("tasks/units/<slug:code>/", of_unit.unit_tasks, name="unit-tasks"),
    path("tasks/<uuid:uid>/", detail.task_detail, name="detail"),
    path("tasks/<uuid:uid>/move/", detail.task_move, name="move"),
    path("tasks/<uuid:uid>/reports/<int:year>/<int:quarter>/", detail.report_detail, name="report"),
    path("areas/", registers.area_list, name="area-list"),
    path("areas/<slug:code>/", registers.area_detail, name="area-detail"),
    path("documents/", registers.document_list, name="document-list"),
    path("documents/<slug:code>/", registers.document_detail, name="document-detail"),
]
