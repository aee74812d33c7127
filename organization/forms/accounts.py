"""Forms of accounts and role grants."""

from typing import Any

from django import forms
from django.db.models import QuerySet

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


class AccountChoice(forms.ModelChoiceField):
    """Accounts by the person's name, with the login name that tells two of them apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}（{obj.username}）"


class GrantForm(forms.Form):
    """A role for a business account; unit or group as the role asks (`actions.grant_role`)."""

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

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = User.objects.visible_to(viewer).able_to_hold_roles().order_by("display_name", "username")
        self._offer("user", accounts)
        self._offer("unit", Unit.objects.filter(valid_to=None))
        self._offer("group", CoordinationGroup.objects.all())

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = rows
