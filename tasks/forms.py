"""Forms of the pages of tasks: they clean what was typed, nothing else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from core.fields import TextBlock, TextLine
from tasks.life import TASK_MOVES
from tasks.models import Assignment, Task

INCOMPLETE = "表单不完整，请刷新页面后重新操作。"


class MoveForm(forms.Form):
    """One step in the life of a task, on the version of it that was read."""

    move = forms.ChoiceField(
        label="办理动作",
        choices=[(move.name, move.label) for move in TASK_MOVES],
        error_messages={
            "required": "没有选择办理动作，请重新操作。",
            "invalid_choice": "没有这个办理动作，请刷新页面后重新操作。",
        },
    )
    lock_version = forms.IntegerField(
        label="修改版本",
        min_value=1,
        max_value=2_000_000_000,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), INCOMPLETE),
    )
    reason = TextBlock(
        label="原因",
        required=False,
        max_length=1000,
        error_messages={"max_length": "原因不能超过1000字，请精简后再提交。"},
    )


class AssignmentFormSet(BaseInlineFormSet):
    """The units of a task as they are entered together."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.is_valid() and not form.cleaned_data.get("DELETE")
        ]
        if sum(row.get("role") == Assignment.Role.LEAD for row in kept) > 1:
            raise ValidationError("一项任务只能有一个牵头单位。")


class PlanForm(forms.Form):
    """A plan for a year: empty, or with the tasks of the plan before it as drafts."""

    EMPTY, CARRIED = "empty", "carried"

    year = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "autocomplete": "off"}),
        error_messages={
            "required": "请填写“年度”，如2027。",
            "invalid": "“年度”须为四位数字，如2027。",
            "min_value": "“年度”应在2000至2100之间，请核对。",
            "max_value": "“年度”应在2000至2100之间，请核对。",
        },
    )
    name = TextLine(
        label="名称",
        max_length=80,
        error_messages={
            "required": "请填写“名称”，如“2027年产业工人队伍建设改革工作计划”。",
            "max_length": "“名称”不超过80字，现有%(show_value)s字，请精简。",
        },
    )
    content = forms.ChoiceField(
        label="任务",
        choices=[(CARRIED, "沿用上一份计划的全部任务，作为草拟稿"), (EMPTY, "先不列任务")],
        widget=forms.RadioSelect,
        initial=CARRIED,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "请选择新计划是否沿用上一份计划的任务。"
        ),
    )


class ChosenTasks(forms.ModelMultipleChoiceField):
    """Tasks ticked in a list; the list itself is written by the page."""

    default_error_messages = dict.fromkeys(
        ("invalid_choice", "invalid_pk_value", "invalid_list"),
        "所选任务中有一项已不在可选范围内，请刷新页面后重新勾选。",
    )

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, to_field_name="uid", label="任务", required=False, **options)


class CarryForm(forms.Form):
    """Which tasks of earlier plans go on."""

    def __init__(self, candidates: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["task"] = ChosenTasks(candidates)


class MergeForm(CarryForm):
    """Several tasks and how the one that is made of them reads."""

    title = TextLine(
        label="合并后的任务名称",
        max_length=120,
        error_messages={
            "required": "请填写“合并后的任务名称”。",
            "max_length": "“合并后的任务名称”不超过120字，现有%(show_value)s字，请精简。",
        },
    )
    wording = TextBlock(
        label="任务原文", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label="类型",
        choices=[("", "按来源任务"), *Task.Kind.choices],
        required=False,
        help_text="来源任务不一致时请在此选定，否则送审前再确定。",
        error_messages={"invalid_choice": "请从列表中选择“类型”。"},
    )
    frequency = forms.ChoiceField(
        label="填报频次",
        choices=[("", "按来源任务"), *Task.Frequency.choices],
        required=False,
        help_text="来源任务不一致时请在此选定，否则送审前再确定。",
        error_messages={"invalid_choice": "请从列表中选择“填报频次”。"},
    )

    def __init__(self, candidates: Any, areas: Any, units: Any, *args: Any, **options: Any) -> None:
        super().__init__(candidates, *args, **options)
        self.fields["area"] = forms.ModelChoiceField(
            areas,
            label="改革领域",
            to_field_name="code",
            empty_label="请选择改革领域",
            error_messages=dict.fromkeys(("required", "invalid_choice"), "请从列表中选择“改革领域”。"),
        )
        self.fields["lead"] = forms.ModelChoiceField(
            units,
            label="拟牵头单位",
            to_field_name="code",
            required=False,
            empty_label="暂不确定",
            error_messages={"invalid_choice": "请从列表中选择“拟牵头单位”。"},
        )


class SupersedeForm(CarryForm):
    """The new version: its name, why, and which drafts go on in it."""

    name = TextLine(
        label="新版本名称",
        max_length=80,
        error_messages={
            "required": "请填写“新版本名称”。",
            "max_length": "“新版本名称”不超过80字，现有%(show_value)s字，请精简。",
        },
    )
    reason = TextLine(
        label="换版原因",
        max_length=200,
        help_text="记入审计日志和每项任务的办理记录。",
        error_messages={
            "required": "请填写“换版原因”。",
            "max_length": "“换版原因”不超过200字，现有%(show_value)s字，请精简。",
        },
    )


class CrosswalkForm(forms.Form):
    """Areas by sections: which answer to which, and the main one of each area."""

    def __init__(self, areas: Any, sections: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = list(areas)
        choices = [(row.code, row.name) for row in sections]
        known = dict.fromkeys(
            ("invalid_choice", "invalid_list"), "所选章节已不在列表中，请刷新页面后重新勾选。"
        )
        for area in self.areas:
            self.fields[f"sections-{area.code}"] = forms.MultipleChoiceField(
                label=area.name, choices=choices, required=False, error_messages=known
            )
            self.fields[f"main-{area.code}"] = forms.ChoiceField(
                label=f"{area.name}的主要对应",
                choices=[("", "未定"), *choices],
                required=False,
                error_messages=known,
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each area with its two fields."""
        return [(area, self[f"sections-{area.code}"], self[f"main-{area.code}"]) for area in self.areas]


class SectionForm(forms.Form):
    """The section of the central opinion a task belongs to."""

    def __init__(self, sections: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"] = forms.ModelChoiceField(
            sections,
            label="中央意见章节",
            to_field_name="code",
            required=False,
            empty_label="按领域对照",
            error_messages={"invalid_choice": "请从列表中选择“中央意见章节”。"},
        )
