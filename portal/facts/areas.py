"""The two taxonomies: five areas and three supports of the document, nine sections of the central opinion."""

from typing import Any

from portal.facts.ledger import Ledger
from tasks.models import ReformArea

AREA_CODES = {
    "思想引领": "sixiang-yinling",
    "建功立业": "jiangong-liye",
    "素质提升": "suzhi-tisheng",
    "地位提高": "diwei-tigao",
    "队伍壮大": "duiwu-zhuangda",
    "支撑保障": "zhicheng-baozhang",
    "宣传氛围": "xuanchuan-fenwei",
    "组织实施": "zuzhi-shishi",
}
CORE_SECTION = "S4.1"
SUPPORT_SECTIONS = {"支撑保障": "S3.3", "宣传氛围": "S3.4", "组织实施": "S4.2"}
# The sections of the central 《意见》 of 2024: fixed vocabulary, no part of the founding document.
CENTRAL = (
    "总体要求",
    "思想政治引领",
    "主人翁地位",
    "技能形成体系",
    "职业发展体系",
    "劳动经济权益",
    "建功立业平台",
    "壮大产业工人队伍",
    "组织领导",
)


def keep(facts: dict[str, Any], ledger: Ledger) -> None:
    core = facts["reform_areas"]
    for position, name in enumerate([*core, *facts["support_areas"]], start=1):
        ledger.keep(
            ReformArea,
            {"code": AREA_CODES[name]},
            taxonomy=ReformArea.Taxonomy.FOUNDING,
            name=name,
            position=position,
            is_core=name in core,
            section=ledger.section(SUPPORT_SECTIONS.get(name, CORE_SECTION)),
        )
    for position, name in enumerate(CENTRAL, start=1):
        key = {"code": f"zhongyang-{position}"}
        ledger.keep(
            ReformArea, key, taxonomy=ReformArea.Taxonomy.CENTRAL, name=name, position=position, section=None
        )
