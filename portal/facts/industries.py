"""The six pillar industries, each to get a union federation."""

from typing import Any

from activities.models import Industry
from portal.facts.ledger import Ledger

INDUSTRY_CODES = {
    "先进装备": "xianjin-zhuangbei",
    "智能家电": "zhineng-jiadian",
    "绿色食品": "lvse-shipin",
    "新能源": "xinnengyuan",
    "新型化工": "xinxing-huagong",
    "硅基材料": "guiji-cailiao",
}
SECTION = "S2(二)"


def keep(facts: dict[str, Any], ledger: Ledger) -> None:
    for position, name in enumerate(facts["pillar_industries"], start=1):
        key = {"code": INDUSTRY_CODES[name]}
        ledger.keep(Industry, key, once={"position": position}, name=name, section=ledger.section(SECTION))
