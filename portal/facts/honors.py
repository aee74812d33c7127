"""Kinds of honours, and the batches whose share of industrial workers the document states."""

from typing import Any

from honors.models import HonorBatch, HonorBatchKind, HonorKind
from portal.facts.ledger import Ledger

KIND_CODES = {
    "全国劳动模范": "quanguo-laomo",
    "滁州市劳动模范": "chuzhou-laomo",
    "全国五一劳动奖章": "quanguo-wuyi",
    "安徽省五一劳动奖章": "anhui-wuyi",
    "滁州市五一劳动奖章": "chuzhou-wuyi",
    "年度劳动竞赛先进集体": "jingsai-jiti",
    "年度劳动竞赛先进个人": "jingsai-geren",
    "市工人先锋号": "xianfenghao",
    "滁州市最美职工": "zuimei-zhigong",
    "全市职工职业道德建设标兵单位": "daode-danwei",
    "全市职工职业道德建设标兵个人": "daode-geren",
}
LEVELS = {"国家": HonorKind.Level.NATION, "省": HonorKind.Level.PROVINCE, "市": HonorKind.Level.CITY}
RECIPIENTS = {"个人": HonorKind.Recipients.PERSONS, "集体": HonorKind.Recipients.COLLECTIVES}


def keep(facts: dict[str, Any], ledger: Ledger) -> None:
    singles = [stated for stated in facts["honors"] if "honor" in stated]
    for position, stated in enumerate([*singles, *facts["honor_kinds_named"]], start=1):
        _keep_kind(position, stated, ledger)
    for stated in facts["honors"]:
        _keep_batch(stated, ledger)


def _keep_kind(position: int, stated: dict[str, Any], ledger: Ledger) -> None:
    """The medals and titles of model workers are given to persons; the others say whom they are for."""
    name = stated.get("honor") or stated["name"]
    ledger.keep(
        HonorKind,
        {"code": KIND_CODES[name]},
        once={"position": position},
        name=name,
        level=LEVELS[stated["level"]],
        recipients=RECIPIENTS[stated.get("target", "个人")],
        section=ledger.section(stated["section"]),
    )


def _keep_batch(stated: dict[str, Any], ledger: Ledger) -> None:
    """«12 of 29» spans two kinds: one batch with both, which adds to the totals of neither."""
    names = stated.get("honor_group") or [stated["honor"]]
    batch = ledger.keep(
        HonorBatch,
        {"code": "-he-".join(KIND_CODES[name] for name in names)},
        year=stated.get("year"),
        since_year=stated.get("since"),
        total=stated.get("total"),
        is_total_inferred=stated.get("total_inferred", False),
        workers=stated.get("workers"),
        share_printed=stated.get("share_printed", ""),
        share_basis=stated.get("of", ""),
        awarded_by=stated.get("by", ""),
        section=ledger.section(stated["section"]),
    )
    for name in names:
        ledger.keep(HonorBatchKind, {"batch": batch, "kind": HonorKind.objects.get(code=KIND_CODES[name])})
