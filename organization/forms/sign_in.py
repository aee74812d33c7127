"""Forms of the sign-in and of the own password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from core.fields import TextLine
from organization.models import User

LONGEST_PASSWORD = 128


def _password(label: str, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=LONGEST_PASSWORD, widget=widget, **options)


class SignInForm(forms.Form):
    """Login name and password, as typed."""

    username = TextLine(
        label="用户名",
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = _password("口令", "current-password")


class OwnPasswordForm(forms.Form):
    """The old password and twice the new one; the rules of settings.AUTH_PASSWORD_VALIDATORS."""

    old_password = _password("当前口令", "current-password")
    new_password = _password("新口令", "new-password")
    repeated_password = _password("再输一次新口令", "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new_password"].help_text = "".join(password_validators_help_texts())

    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        if not self.user.check_password(typed):
            raise ValidationError("当前口令不正确，请重新输入。", code="wrong_old")
        return typed

    def clean_new_password(self) -> str:
        typed: str = self.cleaned_data["new_password"]
        validate_password(typed, self.user)
        if self.user.check_password(typed):
            raise ValidationError("新口令不能与当前口令相同，请换一个。", code="unchanged")
        return typed

    def clean(self) -> dict[str, Any] | None:
        typed = super().clean() or self.cleaned_data
        new, repeated = typed.get("new_password"), typed.get("repeated_password")
        if new and repeated and new != repeated:
            self.add_error("repeated_password", "两次输入的新口令不一致，请重新输入。")
        return typed
