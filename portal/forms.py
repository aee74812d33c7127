"""What may be asked of the audit log."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.fields import DateField, TextLine


class AuditFilter(forms.Form):
    """Who, what, when, with which result; every field may stay empty."""

    who = TextLine(label="操作人", required=False, max_length=60)
    action = TextLine(label="操作", required=False, max_length=60)
    since = DateField(label="起始日期", required=False)
    until = DateField(label="截止日期", required=False)
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), ("done", "成功"), ("refused", "未成功")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "result" else "form-control"
        self.fields["action"].widget.attrs["list"] = "actions"

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, datetime.date) and isinstance(until, datetime.date) and since > until:
            raise ValidationError("起始日期不能晚于截止日期。")
        return cleaned
