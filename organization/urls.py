"""Addresses of this app."""

from django.urls import path

from organization.views import accounts, grants, groups, sign_in, unit_changes, unit_sets, units

app_name = "organization"
urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/", sign_in.password_change, name="password-change"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/export/", units.unit_export, name="unit-export"),
    path("units/sets/", unit_sets.unit_sets, name="unit-sets"),
    path("units/sets/add/", unit_sets.set_add, name="unit-set-add"),
    path("units/sets/remove/", unit_sets.set_remove, name="unit-set-remove"),
    path("units/<slug:code>/", units.unit_detail, name="unit"),
    path("units/<slug:code>/rename/", unit_changes.unit_rename, name="unit-rename"),
    path("units/<slug:code>/end/", unit_changes.unit_end, name="unit-end"),
    path("units/<slug:code>/successor/", unit_changes.unit_successor, name="unit-successor"),
    path("units/<slug:code>/aliases/", unit_changes.unit_aliases, name="unit-aliases"),
    path("units/<slug:code>/aliases/remove/", unit_changes.alias_remove, name="unit-alias-remove"),
    path("group/", groups.group_detail, name="group"),
    path("group/contacts/", groups.contact_list, name="contacts"),
    path("group/contacts/export/", groups.contact_export, name="contacts-export"),
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
