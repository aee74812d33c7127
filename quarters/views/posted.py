"""What every form of the quarter posts beside its fields."""

from django.http import HttpRequest

from core.errors import BadInput


def lock_version_of(request: HttpRequest) -> int:
    """The version the page was drawn from; 400 where it is missing or no number."""
    typed = request.POST.get("lock_version", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        raise BadInput("表单缺少版本号，没有保存任何内容。")
    return int(typed)
