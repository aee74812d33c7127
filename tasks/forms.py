"""Forms of the pages of tasks: they clean what was typed, nothing else."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from core.fields import TextBlock
from tasks.life import TASK_MOVES
from tasks.models import Assignment

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
