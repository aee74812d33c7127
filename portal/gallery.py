"""Every component on one page, with invented values; a developer's page, served in dev settings only."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.charts import (
    BarRow,
    Bullet,
    BulletRow,
    Period,
    Series,
    ShareBars,
    ShareRow,
    StackedBars,
    TargetActual,
)
from core.fields import DateField, NumberField, TextBlock, TextLine

AS_OF = date(2026, 9, 30)
LIGHTS = (
    Series("已办结", "done"),
    Series("达到序时", "green"),
    Series("黄", "yellow"),
    Series("红", "red"),
    Series("未报", "unreported"),
    Series("不考核", "unassessed"),
)
STATES = (
    ("pending", "待填报"),
    ("draft", "草稿"),
    ("signing", "待审签"),
    ("submitted", "已报送"),
    ("reviewing", "审核中"),
    ("returned", "已退回"),
    ("accepted", "审核通过"),
    ("overdue", "逾期未报"),
)
TONES = (
    ("plain", "一般"),
    ("grey", "停用"),
    ("outline", "未改初始口令"),
    ("blue", "填报中"),
    ("green", "启用"),
    ("amber", "准予延期"),
    ("red", "逾期报送"),
    ("alarm", "警示"),
    ("demo", "演示数据"),
)
PARTS = (
    ("words", "字、状态与灯"),
    ("buttons", "按钮与确认"),
    ("messages", "消息与等待"),
    ("figures", "数字与图"),
    ("tables", "表格"),
    ("forms", "填写"),
    ("lists", "清单与经过"),
    ("paper", "打印"),
)
BEHIND = (
    ("red", "红", "在六大支柱产业建立产业工会联合会", "市总工会", "完成2/6，低于序时41%", "2季"),
    ("yellow", "黄", "深化新业态就业人员入会工作", "市总工会", "完成58%，低于序时23%", "1季"),
    ("unreported", "未报", "开展市级全面试点和项目试点", "凤阳县", "逾期5天未报", "1季"),
    ("unassessed", "不考核", "年度技能等级认定", "市人社局", "年度任务，本期不考核", "—"),
    ("done", "已办结", "出台实施方案", "市总工会", "按期办结", "—"),
    ("green", "绿", "推进技工教育综合改革", "市人社局", "达到序时进度", "—"),
)


class GalleryForm(forms.Form):
    """One field of each kind."""

    progress = TextBlock(
        label="进展情况", help_text="已沿用上季度内容，请改写。", widget=forms.Textarea(attrs={"rows": 4})
    )
    rating = forms.ChoiceField(
        label="进展评价",
        widget=forms.RadioSelect,
        choices=[("a", "达到序时进度"), ("b", "有序推进"), ("c", "未达序时进度"), ("d", "进展缓慢")],
    )
    done = NumberField(label="累计完成数", help_text="单位：人")
    due_on = DateField(label="完成时限")
    unit = forms.ChoiceField(label="牵头单位", choices=[("", "请选择"), ("1", "市总工会")])
    contact = TextLine(label="联系人", required=False)
    is_nil = forms.BooleanField(label="本季无进展", required=False)


class OtherStates(forms.Form):
    """Fields as they stand before anybody typed, and such as cannot be changed."""

    measures = forms.MultipleChoiceField(
        label="适用类型",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "定量"), ("b", "节点"), ("c", "定性")],
        initial=["a"],
    )
    share = NumberField(label="累计完成比例（%）", required=False, help_text="填写0至100之间的数。")
    code = TextLine(label="编号", disabled=True, initial="2026-04")
    area = forms.ChoiceField(label="改革领域", disabled=True, choices=[("", "素质提升")], required=False)
    opens_on = DateField(label="开始填报", required=False)


class GalleryFilter(forms.Form):
    """The conditions above a list."""

    unit = forms.ChoiceField(
        label="牵头单位", required=False, choices=[("", "全部"), ("1", "市总工会"), ("2", "市人社局")]
    )
    words = forms.CharField(
        label="编号或名称", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """All components in all their states, on one page that also prints."""
    messages.success(request, "已报送，等待审核。")
    form = GalleryForm(
        {
            "progress": "实训基地二期用地手续尚未办结。",
            "rating": "c",
            "done": "17.75万",
            "due_on": "2026-09-30",
        }
    )
    form.full_clean()
    page = Paginator(range(230), 50).page(2)
    shown = {"form": form, "fresh": OtherStates(), "filter": GalleryFilter({"unit": "2"}), "page": page}
    return render(request, "gallery.html", {**_frame(), **_charts(), **_lists(), **shown})


def _frame() -> dict[str, object]:
    labels = ("首页", "驾驶舱", "改革任务", "指标监测", "表彰激励", "填报进度")
    navigation = [{"label": label, "url": "#", "active": label == "驾驶舱", "badge": 0} for label in labels]
    navigation.append({"label": "待审核", "url": "#", "active": False, "badge": 14})
    return {
        "navigation": navigation,
        "current_user_label": "协调小组办公室 · 王××",
        "unread_count": 3,
        "portal_version": "0.1",
        "shows_demo": True,
        "trail": [("首页", "/"), ("改革任务", "#")],
    }


def _lists() -> dict[str, object]:
    return {
        "parts": PARTS,
        "states": STATES,
        "tones": TONES,
        "lights": [(tone, word) for tone, word, *_ in BEHIND],
        "behind": BEHIND,
        "no_rows": [],
        "columns": [
            {"label": "灯"},
            {"label": "任务", "sort_url": "?sort=name", "direction": "ascending"},
            {"label": "牵头单位"},
            {"label": "原因"},
            {"label": "连续", "number": True},
            {"label": "操作", "hidden": True},
        ],
        "entries": [
            {"when": "10月11日 09:20", "by": "协调小组办公室 王××", "title": "退回（事实不清）", "tone": "red",
             "text": "请写明新增招生人数与两所学校各自的进展。"},
            {"when": "10月10日 16:05", "by": "市人社局 李××（审签人）", "title": "审签并报送", "tone": "green", "text": ""},
        ],
        "hidden": [("state", "open")],
    }  # fmt: skip


def _charts() -> dict[str, object]:
    areas = (("思想引领", (1, 5, 1, 0, 0, 0)), ("建功立业", (1, 3, 0, 0, 0, 0)), ("素质提升", (0, 5, 2, 1, 0, None)),
             ("地位提高", (1, 2, 0, 0, 1, 0)), ("组织实施", (None,) * 6))  # fmt: skip
    rows = tuple(BarRow(name, counts, _note(counts), "/areas/") for name, counts in areas)
    quarters = (
        (2025, "三季度", "402"),
        (2025, "四季度", "431.5"),
        (2026, "一季度", None),
        (2026, "二季度", "455"),
        (2026, "三季度", "471"),
    )
    points = tuple(
        Period(
            label,
            None if value is None else Decimal(value),
            Decimal(440 + 15 * place),
            f"{year}年",
            "/metrics/",
        )
        for place, (year, label, value) in enumerate(quarters)
    )
    return {
        "areas": StackedBars("各领域进展", "项", LIGHTS, rows, AS_OF, "领域"),
        "trend": TargetActual("劳动和技能竞赛场次", "场", points, AS_OF),
        "key": Bullet("关键指标", _indicators(), AS_OF),
        "shares": ShareBars("产业工人占比", _shares(), AS_OF),
    }


def _note(counts: tuple[int | None, ...]) -> str:
    total = sum(count or 0 for count in counts)
    return f"{(counts[0] or 0) + (counts[1] or 0)} / {total} 项" if total else "—"


def _indicators() -> tuple[BulletRow, ...]:
    number = Decimal
    return (
        BulletRow(
            "技能人才总量",
            number("43.1"),
            number(45),
            "万人",
            number(44),
            number("40.2"),
            "存量 · 市人社局",
            url="/metrics/",
        ),
        BulletRow("补贴性培训", number("3.53"), number(5), "万人次", number("3.75"), None, "累计 · 市人社局"),
        BulletRow(
            "劳动和技能竞赛",
            number(520),
            number(500),
            "场",
            number(375),
            number(402),
            "年度 · 市总工会",
            tone="green",
        ),
        BulletRow("新就业形态劳动者入会", None, number(2), "万人", number("1.5"), None, "累计 · 市总工会"),
    )


def _shares() -> tuple[ShareRow, ...]:
    return (
        ShareRow("高技能人才占技能人才", Decimal("0.3094"), "30.9%", "", Decimal("10.4"), Decimal("33.61")),
        ShareRow(
            "市党代会代表中的产业工人", Decimal("0.0425"), "4.25%", "分母未列明", None, None, "actual-2"
        ),
        ShareRow("市人大代表中的产业工人", None),
    )
