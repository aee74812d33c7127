"""The steps in the life of a unit as the office types them; the rules stand in the actions."""

from typing import Any

from django import forms

from core.fields import DateField, TextLine
from organization.models import Unit, UnitAlias, UnitSet

LONGEST_NAME = Unit._meta.get_field("name").max_length
LONGEST_SHORT = Unit._meta.get_field("short_name").max_length


class UnitChoice(forms.ModelChoiceField):
    """A unit by its code, shown by its full name."""

    def __init__(self, **options: Any) -> None:
        units = Unit.objects.order_by("position", "code")
        super().__init__(units, to_field_name="code", empty_label="请选择单位", **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class VersionedForm(forms.Form):
    """Carries the version of the unit that was on the screen."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)


class RenameForm(VersionedForm):
    name = TextLine(label="新名称", max_length=LONGEST_NAME)
    short_name = TextLine(label="新简称", max_length=LONGEST_SHORT)
    on = DateField(label="启用日期", required=False, help_text="新名称从这一天起使用；原名称记到前一天为止。")
    is_correction = forms.BooleanField(label="只是更正登记错误，原来的写法不记入历史名称", required=False)

    def clean(self) -> dict[str, Any]:
        """A day for a new name, none for a correction."""
        cleaned = super().clean() or self.cleaned_data
        is_correction = cleaned.pop("is_correction", False)
        if is_correction and cleaned.get("on"):
            self.add_error("on", "更正登记错误不填启用日期；如确有更名，请取消勾选。")
        elif not is_correction and "on" not in self.errors and not cleaned.get("on"):
            self.add_error("on", "请填写新名称的启用日期。")
        return cleaned


class EndForm(VersionedForm):
    on = DateField(label="终止日期", help_text="单位存续的最后一天。")
    successor = UnitChoice(
        label="承接单位", required=False, help_text="合并或撤销后由哪个单位承接；没有的留空，以后可以补登。"
    )
    confirmed = forms.BooleanField(
        label="已核对，终止后不再参加新的任务和填报",
        error_messages={"required": "请核对后勾选，再确认终止。"},
    )


class SuccessorForm(VersionedForm):
    successor = UnitChoice(label="承接单位", required=False, help_text="留空表示没有承接单位。")


class AliasForm(forms.Form):
    alias = TextLine(
        label="别名",
        max_length=UnitAlias._meta.get_field("alias").max_length,
        help_text="文件和表格中的其他写法，导入时据此认出这个单位。",
    )


class SetForm(forms.Form):
    name = TextLine(label="统称", max_length=UnitSet._meta.get_field("name").max_length)


class SetMemberForm(forms.Form):
    """Which unit goes into, or out of, which collective name."""

    whole = forms.ModelChoiceField(UnitSet.objects.all(), to_field_name="name", label="统称")
    unit = UnitChoice(label="单位")
