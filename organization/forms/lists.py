"""What the lists may be narrowed by: typed, bounded, everything optional."""

import datetime as dt
from typing import Any

from django import forms

from core import clock
from core.fields import DateField, TextLine
from organization.models import RoleGrant, Unit, User
from organization.queries.units import ENDED, IN_FORCE, MAIN, MEMBER, NONE, UnitQuestion

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
        self.prepare()
        self.is_valid()

    def prepare(self) -> None:
        """Choices that only the page knows, before what was typed is read."""

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class DayFilter(ListFilter):
    """The day a page is about: today unless another one was understood."""

    on = DateField(label="截至日期", required=False)

    @property
    def day(self) -> dt.date:
        return self.cleaned_data.get("on") or clock.today()

    @property
    def is_past(self) -> bool:
        return self.day != clock.today()


class UnitFilter(DayFilter):
    """Units by kind, by whether they existed on a day, by their part in the group, by who acts for them, by words."""

    q = _search("名称、简称或别名")
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部类别"), *Unit.Kind.choices])
    standing = forms.ChoiceField(
        label="存续", required=False, choices=[("", "全部"), (IN_FORCE, "存续"), (ENDED, "已终止")]
    )
    part = forms.ChoiceField(
        label="在协调小组中",
        required=False,
        choices=[("", "全部"), (MAIN, "主要责任单位"), (MEMBER, "成员单位"), (NONE, "未参加")],
    )
    staff = forms.ChoiceField(
        label="经办人员",
        required=False,
        choices=[
            ("", "全部"),
            (RoleGrant.Role.LIAISON.value, "缺联络员"),
            (RoleGrant.Role.SIGNER.value, "缺审签人"),
        ],
    )

    field_order = ("q", "kind", "part", "standing", "staff", "on")

    @property
    def question(self) -> UnitQuestion:
        chosen = self.chosen
        words = {name: chosen[name] for name in ("kind", "standing", "part", "staff")}
        return UnitQuestion(on=self.day, text=chosen["q"], **words)

    @property
    def is_on(self) -> bool:
        return any(self.chosen.values())


class ContactFilter(ListFilter):
    """The directory by words, by unit and by role; the units are those of the group."""

    q = _search("姓名、电话或单位")
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部角色"), *RoleGrant.Role.choices]
    )
    unit = forms.ChoiceField(label="单位", required=False)

    def __init__(self, typed: Any, *, units: list[tuple[str, str]]) -> None:
        self.units = units
        super().__init__(typed)

    def prepare(self) -> None:
        self.fields["unit"].choices = [("", "全部单位"), *self.units]  # type: ignore[attr-defined]


class AccountFilter(ListFilter):
    """Accounts by kind, by state and by words."""

    kind = forms.ChoiceField(
        label="账号类别", required=False, choices=[("", "全部类别"), *User.AccountKind.choices]
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), ("active", "启用"), ("disabled", "停用")]
    )
    q = _search("登录名或姓名")


class AccountSearch(ListFilter):
    """Whom a role is for, where the list of accounts is long."""

    q = _search("查找账号（姓名或登录名）")


class GrantFilter(ListFilter):
    """Grants by role, by state and by words."""

    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部角色"), *RoleGrant.Role.choices]
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "有效授权"), ("ended", "已收回"), ("all", "全部")]
    )
    q = _search("登录名、姓名或单位")
