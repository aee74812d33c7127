"""Addresses of this app."""

from django.urls import path

from organization.views import accounts, grants, groups, sign_in, units

app_name = "organization"
urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/", sign_in.password_change, name="password-change"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/export/", units.unit_export, name="unit-export"),
    path("units/<slug:code>/", units.unit_detail, name="unit"),
    path("group/", groups.group_detail, name="group"),
    path("accounts/", accounts.account_list, name="account-list"),
    path("accounts/new/", accounts.account_create, name="account-create"),
    path("accounts/<uuid:uid>/initial-password/", accounts.initial_password, name="initial-password"),
    path("accounts/<uuid:uid>/disable/", accounts.account_disable, name="account-disable"),
    path("accounts/<uuid:uid>/enable/", accounts.account_enable, name="account-enable"),
    path("accounts/<uuid:uid>/reset-password/", accounts.password_reset, name="password-reset"),
    path("grants/", grants.grant_list, name="grant-list"),
    path("grants/new/", grants.grant_create, name="grant-create"),
    path("grants/<uuid:uid>/end/", grants.grant_end, name="grant-end"),
]
