"""What a refused or failed request sees: a Chinese page that says what happened and what to do.

Templates `errors/<status>.html` get `title`, `message`, `remedy`; 409 also `mine` and `theirs` (texts by label), `typed`,
`back_url`, and `resumed` (the fields to draw the form again from). The 500 and 503 pages are rendered without the request: no
context processor, no database.
"""

import sys

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from core.errors import BadInput, NotAllowed, RuleViolation, StaleObject
from core.return_paths import page_path, referring_url

RETRY_AFTER_SECONDS = 10
ASK_FOR_ROLE = "如工作需要，请向协调小组办公室提出，经其确认后由安全管理员授权。"
NEVER_GRANTED = "系统管理员、安全管理员和审计员不办理业务，这项权限不能授予；办理业务请使用本人的业务账号。"
SAVE_FAILED = "保存未成功，数据未改变，请重试。"
# SQLite reports faults of a program as OperationalError too; these words mean a busy or missing database.
_SQLITE_AWAY = ("locked", "busy", "unable to open", "disk", "readonly", "read-only", "full")
_NOT_KEPT = {"Cache-Control": "private, no-store"}
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "submit_token", "lock_version", "next"})


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, message: str = ""
) -> HttpResponse:
    """400; a sentence of ours is shown, Django's English one never."""
    own = str(exception) if isinstance(exception, BadInput) else ""
    return _page(
        request,
        400,
        "请求无法识别",
        message or own or "提交的内容不完整或格式不正确，没有保存任何内容。",
        "请返回上一页，刷新后重新操作。",
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; the sentence of a NotAllowed is shown."""
    own = exception.message if isinstance(exception, NotAllowed) else ""
    return _page(
        request,
        403,
        "没有权限",
        own or "您的账号没有进行这项操作的权限。",
        ASK_FOR_ROLE if getattr(getattr(request, "user", None), "is_business", True) else NEVER_GRANTED,
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same page for a missing row and for one of strangers."""
    return _page(
        request,
        404,
        "没有找到",
        "您访问的页面或记录不存在，或者不在您的查看范围内。",
        "请核对地址，或从首页重新进入。",
    )


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405; the address of a button was opened as a page: the way leads to the page the button stands on."""
    return _page(
        request,
        405,
        "这个地址不能直接打开",
        "这是办理某一步操作的地址，须在页面上按按钮办理，没有改动任何内容。",
        "请回到所属页面重新操作。",
        back_url=_parent_url(request.path),
    )


def conflict(request: HttpRequest, violation: RuleViolation) -> HttpResponse:
    """409; both texts of a stale row, and everything that was typed, so that nothing is lost."""
    is_stale = isinstance(violation, StaleObject)
    return _page(
        request,
        409,
        "内容已有更新" if is_stale else "操作没有完成",
        violation.message,
        "请对照下面两份内容，再决定怎样继续。" if is_stale else "请按提示调整后重新操作。",
        mine=getattr(violation, "mine", {}),
        theirs=getattr(violation, "theirs", {}),
        typed=_typed_texts(request),
        back_url=referring_url(request),
        resumed=_typed_fields(request) if getattr(violation, "can_resume", False) else [],
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the fault is that the database is away."""
    if is_database_away(sys.exc_info()[1]):
        return service_unavailable(request)
    return _bare_page(
        500,
        "系统出现故障",
        "系统处理时出现故障，本次操作没有保存。",
        "请稍后重试；如仍出现，请联系系统管理员。",
    )


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After."""
    response = _bare_page(
        503, "系统暂时繁忙", SAVE_FAILED, "请稍候片刻再提交，已填写的内容请先不要关闭页面。"
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid CSRF token; named in CSRF_FAILURE_VIEW."""
    return _page(
        request,
        403,
        "页面已过期",
        "页面打开时间过长或登录状态已变化，本次提交没有保存。",
        "请回到原来的页面，登录已过期的会先请您登录。填报页的内容已留在本机，回到原页后可以恢复。",
        page_url=page_path(request),
    )


def rule_violated(request: HttpRequest, violation: RuleViolation) -> HttpResponse:
    """403 for a missing right; 409 for a stale row or typed text; else the sentence on the page one came from."""
    if isinstance(violation, NotAllowed):
        return permission_denied(request, violation)
    back_url = referring_url(request)
    if request.method == "GET" or isinstance(violation, StaleObject) or not back_url or _typed_texts(request):
        return conflict(request, violation)
    messages.error(request, violation.message)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": back_url})
    return HttpResponseRedirect(back_url)


def is_database_away(error: BaseException | None) -> bool:
    """Whether an error says that the database is away, locked or full, not that a program is wrong."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    is_sqlite = type(error.__cause__).__module__ == "sqlite3"
    return not is_sqlite or any(word in str(error).lower() for word in _SQLITE_AWAY)


def _page(
    request: HttpRequest, status: int, title: str, message: str, remedy: str, **more: object
) -> HttpResponse:
    words = {"title": title, "message": message, "remedy": remedy, **more}
    body = render_to_string(f"errors/{status}.html", words, request)
    return HttpResponse(body, status=status, headers=_NOT_KEPT)


def _bare_page(status: int, title: str, message: str, remedy: str) -> HttpResponse:
    words = {"title": title, "message": message, "remedy": remedy}
    return HttpResponse(render_to_string(f"errors/{status}.html", words), status=status, headers=_NOT_KEPT)


def _typed_texts(request: HttpRequest) -> list[str]:
    """What a person typed into the refused form: shown again, never lost."""
    if request.method != "POST":
        return []
    typed = [value for name in request.POST if name not in _NOT_TYPED for value in request.POST.getlist(name)]
    return [value for value in typed if len(value.strip()) > 1 and not _is_identifier(value)]


def _typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field as posted, for the form that draws the refused page again."""
    names = [name for name in request.POST if name not in _NOT_TYPED and name != "then"]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _is_identifier(value: str) -> bool:
    """Codes, ids and button values are of ASCII without blanks: nobody's prose."""
    return value.isascii() and not any(char.isspace() for char in value)


def _parent_url(path: str) -> str:
    """The page above an address, the first page where there is none."""
    parent = path.rstrip("/").rpartition("/")[0] + "/"
    try:
        resolve(parent)
    except Resolver404:
        return "/"
    return parent
