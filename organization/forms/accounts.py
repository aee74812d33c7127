"""Forms of accounts and role grants."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator

from core.fields import TextLine
from organization.models import CoordinationGroup, RoleGrant, Unit, User


class AccountForm(forms.Form):
    """A new account; its rules stand in `actions.create_account`."""

    username = TextLine(
        label="登录名",
        max_length=64,
        help_text="3至64个字母、汉字、数字或 . _ - @；大小写、全角半角视为相同。一人一号，不得共用。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = TextLine(label="姓名", max_length=40)
    account_kind = forms.ChoiceField(
        label="账号类别",
        choices=User.AccountKind.choices,
        initial=User.AccountKind.BUSINESS,
        widget=forms.RadioSelect,
        help_text="系统管理员、安全管理员、审计员互相排斥，且不办理业务。",
    )
    phone = TextLine(label="电话", max_length=40, required=False)


def name_order(user: User) -> tuple[bytes, str]:
    """By the national character set: common characters by their sound, the rare ones after them by radical."""
    return user.display_name.encode("gb18030"), user.username


class InNameOrder(ModelChoiceIterator):
    """The choices as a list of names reads; databases order them by code point."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", str(self.field.empty_label or "")
        for user in sorted(self.queryset, key=name_order):
            yield self.choice(user)


class AccountChoice(forms.ModelChoiceField):
    """Accounts by the person's name, with the login name that tells two of them apart."""

    iterator = InNameOrder

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}（{obj.username}）"


class GrantForm(forms.Form):
    """A role for a business account; unit or group as the role asks (`actions.grant_role`).

    `text` narrows the accounts that are offered by name or login name.
    """

    user = AccountChoice(
        label="账号", queryset=User.objects.none(), to_field_name="uid", empty_label="请选择账号"
    )
    role = forms.ChoiceField(label="角色", choices=RoleGrant.Role.choices, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(
        label="单位",
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="不选单位",
        help_text="联络员、单位审签人必选。",
    )
    group = forms.ModelChoiceField(
        label="协调小组",
        queryset=CoordinationGroup.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="不选小组",
        help_text="办公室、办公室负责人、领导、评估组成员必选。",
    )

    def __init__(self, *args: Any, viewer: User, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = User.objects.visible_to(viewer).able_to_hold_roles()
        about = Q(display_name__icontains=text) | Q(username__icontains=text)
        self._offer("user", accounts.filter(about) if text else accounts)
        self.found_nobody = bool(text) and not accounts.filter(about).exists()
        self._offer("unit", Unit.objects.filter(valid_to=None))
        self._offer("group", CoordinationGroup.objects.all())

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = rows
