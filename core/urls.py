from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("healthz/live", views.live, name="healthz-live"),
    path("healthz/ready", views.ready, name="healthz-ready"),
]
