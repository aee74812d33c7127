"""Indicators with the one value the document states of each, and which task they measure."""

from decimal import Decimal
from typing import Any

from core import clock
from metrics.models import Indicator, Observation, TaskIndicator
from organization.models import CoordinationGroup
from portal.facts.ledger import Ledger
from portal.facts.plan import MeasuredTasks

SOURCE = "经验材料（2021年底）"
INDICATOR_CODES = {
    "发展产业工人党员数": "fazhan-dangyuan",
    "补贴性职业技能培训人次": "butie-peixun",
    "年度劳动和技能竞赛场次": "jingsai-changci",
    "技能人才总量": "jineng-rencai",
    "高技能人才总量": "gaojineng-rencai",
    "年度统筹就业、人才、技工大市等专项资金": "zhuanxiang-zijin",
    "技能等级认定职业数": "rending-zhiye",
    "产业工人在省党代会代表中的比例": "sheng-dangdaibiao",
    "一线工人在省人大代表中的比例": "sheng-rendadaibiao",
    "产业工人在市党代表中的比例": "shi-dangdaibiao",
    "产业工人在市人大代表中的比例": "shi-rendadaibiao",
    "产业工人在市政协委员中的比例": "shi-zhengxieweiyuan",
}
KINDS = {"累计": Indicator.Kind.CUMULATIVE, "年度": Indicator.Kind.ANNUAL, "存量": Indicator.Kind.STOCK}
PRINTED_PLACES = 2
COMPUTED_CODE, COMPUTED_NAME = "gaojineng-zhanbi", "高技能占比"
COMPUTED_DEFINITION = "高技能人才总量÷技能人才总量（存量比存量）"
COMPUTED_NOTE = "由门户按10.4万÷33.61万计算，材料未印此占比"
COMPUTED_SECTION = "S3.1"
UNKNOWN_DENOMINATOR = "分母未列明"
# The file explains the one conspicuous share in English, for its readers; this is what the portal says.
REMARKS = {"产业工人在省党代会代表中的比例": "若总数为47，2/47=4.26%，与印刷值不符"}


def keep(
    facts: dict[str, Any], ledger: Ledger, group: CoordinationGroup, measured_tasks: MeasuredTasks
) -> None:
    values = facts["indicator_values"]
    indicators = {
        stated["indicator"]: _keep_value(n, stated, group, ledger) for n, stated in enumerate(values, 1)
    }
    _keep_computed_share(len(values) + 1, indicators, group, ledger)
    for position, stated in enumerate(facts["political_representation"], start=len(values) + 2):
        indicators[stated["indicator"]] = _keep_representation(position, stated, group, ledger)
    for task, names in measured_tasks:
        for name in names:
            ledger.keep(TaskIndicator, {"task": task, "indicator": indicators[name]})


def _keep_value(position: int, stated: dict[str, Any], group: CoordinationGroup, ledger: Ledger) -> Indicator:
    indicator = ledger.keep(
        Indicator,
        {"code": INDICATOR_CODES[stated["indicator"]]},
        once={"position": position},
        name=stated["indicator"],
        kind=KINDS[stated["kind"]] if "kind" in stated else "",
        measure_unit=stated["unit"],
        definition=stated.get("definition", ""),
        note=stated.get("note", ""),
        section=ledger.section(stated["section"]),
    )
    _keep_observation(
        indicator,
        group,
        ledger,
        value=Decimal(stated["value"]),
        bound=stated.get("bound", ""),
        printed=stated.get("printed", ""),
        period_printed=stated.get("period", ""),
        period_from=stated.get("period_from"),
        as_of_on=stated.get("as_of"),
        as_of_note=stated.get("as_of_note", ""),
    )
    return indicator


def _keep_computed_share(
    position: int, indicators: dict[str, Indicator], group: CoordinationGroup, ledger: Ledger
) -> None:
    """The share of highly skilled workers is not printed: stock over stock, kept as its two parts."""
    part, whole = indicators["高技能人才总量"], indicators["技能人才总量"]
    share = ledger.keep(
        Indicator,
        {"code": COMPUTED_CODE},
        once={"position": position, "precision": 1, "over_units": Indicator.OverUnits.RATIO},
        name=COMPUTED_NAME,
        kind=Indicator.Kind.RATIO,
        measure_unit="%",
        definition=COMPUTED_DEFINITION,
        numerator=part,
        denominator=whole,
        note=COMPUTED_NOTE,
        section=ledger.section(COMPUTED_SECTION),
    )
    known = Observation.objects.get(indicator=part, source=SOURCE)
    total = Observation.objects.get(indicator=whole, source=SOURCE)
    parts = {"numerator": known.value, "denominator": total.value, "as_of_on": known.as_of_on}
    _keep_observation(share, group, ledger, explanation=COMPUTED_NOTE, **parts)


def _keep_representation(
    position: int, stated: dict[str, Any], group: CoordinationGroup, ledger: Ledger
) -> Indicator:
    """A share of seats: the workers are counted, the whole is not stated, the printed share stands alone."""
    name = stated["indicator"]
    indicator = ledger.keep(
        Indicator,
        {"code": INDICATOR_CODES[name]},
        once={"position": position, "precision": PRINTED_PLACES},
        name=name,
        kind=Indicator.Kind.RATIO,
        measure_unit="%",
        definition=representation_definition(stated),
        section=ledger.section(stated["section"]),
    )
    remark = REMARKS.get(name, stated.get("note", ""))
    _keep_observation(
        indicator,
        group,
        ledger,
        numerator=Decimal(stated["workers"]),
        printed=stated["share_printed"],
        explanation="；".join(filter(None, [UNKNOWN_DENOMINATOR, remark])),
    )
    return indicator


def representation_definition(stated: dict[str, Any]) -> str:
    return f"{stated['body']}中的{stated.get('worker_kind', '产业工人')}"


def _keep_observation(indicator: Indicator, group: CoordinationGroup, ledger: Ledger, **values: Any) -> None:
    """The document's one statement on the indicator, with the section the indicator stands in."""
    ledger.keep(
        Observation,
        {"indicator": indicator, "source": SOURCE, "supersedes": None},
        once={"recorded_at": clock.now()},
        group=group,
        section=indicator.section,
        **values,
    )
