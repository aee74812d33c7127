"""Addresses of this app."""

from django.urls import path

from organization.views import sign_in

app_name = "organization"
urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/", sign_in.password_change, name="password-change"),
]
