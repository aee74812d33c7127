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
        super().__init__(units, to_field_name="code", empty_label="——请选择单位——", **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class VersionedForm(forms.Form):
    """Carries the version of the unit that was on the screen."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)


class RenameForm(VersionedForm):
    name = TextLine(label="新名称", max_length=LONGEST_NAME)
    short_name = TextLine(label="新简称", max_length=LONGEST_SHORT)
    on = DateField(label="启用日期", help_text="新名称从这一天起使用；原名称记到前一天为止。")


class EndForm(VersionedForm):
    on = DateField(label="终止日期", help_text="单位存续的最后一天。")
    successor = UnitChoice(
        label="承接单位", required=False, help_text="合并或撤销后由哪个单位承接；没有的留空，以后可以补登。"
    )
    confirmed = forms.BooleanField(label="已核对，终止后不再参加新的任务和填报")


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
