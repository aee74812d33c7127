"""Addresses of this app."""

from django.urls import path

from metrics import views

app_name = "metrics"
urlpatterns = [
    path("metrics/", views.indicator_list, name="list"),
    path("metrics/export/", views.indicator_export, name="export"),
    path("metrics/export/quarters/", views.quarters_export, name="export-quarters"),
    path("metrics/<slug:code>/chart/", views.indicator_chart_file, name="chart-file"),
    path("metrics/<slug:code>/picture/", views.indicator_picture, name="picture"),
    path("metrics/<slug:code>/", views.indicator_detail, name="detail"),
    path("areas/<slug:code>/figures/", views.area_figures, name="area-figures"),
    path("tasks/<uuid:uid>/figures/", views.task_figures, name="task-figures"),
]
