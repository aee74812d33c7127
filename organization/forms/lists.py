"""What the lists may be narrowed by: typed, bounded, everything optional."""

from typing import Any

from django import forms

from core.fields import TextLine
from organization.models import RoleGrant, Unit, User

LONGEST_SEARCH = 40


def _search(label: str) -> TextLine:
    return TextLine(
        label=label,
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class ListFilter(forms.Form):
    """A filter line; `chosen` holds what was understood, so a bad value narrows nothing and says so."""

    def __init__(self, typed: Any) -> None:
        super().__init__(typed)
        self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class UnitFilter(ListFilter):
    """Units by kind and by words."""

    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部类别"), *Unit.Kind.choices])
    q = _search("名称、简称或别名")


class AccountFilter(ListFilter):
    """Accounts by kind, by state and by words."""

    kind = forms.ChoiceField(
        label="账号类别", required=False, choices=[("", "全部类别"), *User.AccountKind.choices]
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), ("active", "启用"), ("disabled", "停用")]
    )
    q = _search("登录名或姓名")


class GrantFilter(ListFilter):
    """Grants by role, by state and by words."""

    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部角色"), *RoleGrant.Role.choices]
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "有效授权"), ("ended", "已收回"), ("all", "全部")]
    )
    q = _search("登录名、姓名或单位")
