"""Password validators with the portal's own sentences; settings.AUTH_PASSWORD_VALIDATORS lists them."""

from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from organization.models import PastPassword, User
from organization.passwords import class_count, organisation_word

SHORTEST_EVER = 8
CLASSES_WANTED = 3
REMEMBERED = 5


class LongEnough(password_validation.MinimumLengthValidator):
    """At least PORTAL_PASSWORD_MIN_LENGTH characters, never under 8."""

    def __init__(self) -> None:
        super().__init__(max(settings.PORTAL_PASSWORD_MIN_LENGTH, SHORTEST_EVER))

    def get_error_message(self) -> str:
        return f"口令至少{self.min_length}个字符，请加长。"

    def get_help_text(self) -> str:
        return f"至少{self.min_length}个字符。"


class NotLikeTheAccount(password_validation.UserAttributeSimilarityValidator):
    """Not the login name, the person's name or phone with small changes."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "display_name", "phone"))

    def get_error_message(self) -> str:
        return "口令与登录名、姓名或电话太相似，请换一个。"

    def get_help_text(self) -> str:
        return "不能与登录名、姓名、电话相似。"


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the twenty thousand commonest."""

    def get_error_message(self) -> str:
        return "这个口令太常见，容易被猜中，请换一个。"

    def get_help_text(self) -> str:
        return "不能是常见口令。"


class NotOrganisationWord:
    """Nothing built around the city, the reform or the union."""

    def validate(self, password: str, user: User | None = None) -> None:
        word = organisation_word(password)
        if word:
            raise ValidationError(f"口令中不能含有单位用语“{word}”，请换一个。", code="organisation_word")

    def get_help_text(self) -> str:
        return "不能含有单位用语。"


class ThreeOfFourClasses:
    """等保: three of lower case, upper case, digits, signs; only where PORTAL_PASSWORD_PROFILE is on."""

    def validate(self, password: str, user: User | None = None) -> None:
        if settings.PORTAL_PASSWORD_PROFILE and class_count(password) < CLASSES_WANTED:
            raise ValidationError("口令须含大写字母、小写字母、数字、符号中的三种，请补充。", code="classes")

    def get_help_text(self) -> str:
        return "大写字母、小写字母、数字、符号至少三种。" if settings.PORTAL_PASSWORD_PROFILE else ""


class NotRecent:
    """等保: not the current password nor one of the last five; only where PORTAL_PASSWORD_PROFILE is on."""

    def validate(self, password: str, user: Any = None) -> None:
        if not settings.PORTAL_PASSWORD_PROFILE or user is None or user.pk is None:
            return
        past = PastPassword.objects.filter(user=user).values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, known) for known in (user.password, *past)):
            raise ValidationError(f"口令与最近{REMEMBERED}次用过的相同，请换一个。", code="recent")

    def get_help_text(self) -> str:
        return f"不能与最近{REMEMBERED}次用过的相同。" if settings.PORTAL_PASSWORD_PROFILE else ""
