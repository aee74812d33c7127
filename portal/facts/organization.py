"""The coordination group with its terms, seats and main responsible units; schools, enterprises, regions."""

import datetime
from typing import Any

from organization.models import CoordinationGroup, GroupMember, GroupTerm, Person, Seat, Unit
from portal.facts.ledger import Ledger

CITY_CODE = "341100"
OFFICE_UNIT = "市总工会"
# The file gives these rows no section of their own: this is where the document states them.
GROUP_SECTION = "S1"
PERSON_SECTION = "P7"

UNIT_CODES = {
    "市总工会": ("shizonghui", Unit.Kind.MASS),
    "市委组织部": ("zuzhibu", Unit.Kind.DEPARTMENT),
    "市委宣传部": ("xuanchuanbu", Unit.Kind.DEPARTMENT),
    "市教体局": ("jiaotiju", Unit.Kind.DEPARTMENT),
    "市人社局": ("rensheju", Unit.Kind.DEPARTMENT),
}
OTHER_CODES = {
    "金鹏集团股份有限公司": "jinpeng-jituan",
    "滁州市机械工业学校": "jixie-gongye-xuexiao",
    "滁州市旅游商贸学校": "lvyou-shangmao-xuexiao",
    "滁州职业技术学院": "chuzhou-zhiye-jishu-xueyuan",
    "滁州城市职业学院": "chuzhou-chengshi-zhiye-xueyuan",
}
OTHER_KINDS = {"企业": Unit.Kind.ENTERPRISE, "院校": Unit.Kind.SCHOOL}
# Administrative codes: fixed vocabulary, not statements of the document.
COUNTIES = {
    "341102": "琅琊区",
    "341103": "南谯区",
    "341122": "来安县",
    "341124": "全椒县",
    "341125": "定远县",
    "341126": "凤阳县",
    "341181": "天长市",
    "341182": "明光市",
}
PARKS = {"chuzhou-jingkaiqu": "滁州经开区", "zhongxin-suchu-gaoxinqu": "中新苏滁高新区"}
SEAT_ROLES = {"组长": Seat.Role.HEAD, "副组长": Seat.Role.DEPUTY, "成员": Seat.Role.MEMBER}


def keep(facts: dict[str, Any], ledger: Ledger) -> CoordinationGroup:
    """The city's group, which the later nouns belong to."""
    main_units = _keep_main_units(facts["responsible_units"]["named"], ledger)
    _keep_other_organisations(facts["other_organisations"], ledger)
    _keep_regions(ledger)
    stated = facts["coordination_group"]
    group = _keep_group(stated, main_units[OFFICE_UNIT], ledger)
    _keep_terms(stated["terms"], facts["responsible_units"]["count"], group, ledger)
    _keep_seats(stated["seats"], group, ledger)
    for unit in main_units.values():
        section = ledger.section(GROUP_SECTION)
        ledger.keep(GroupMember, {"group": group, "unit": unit}, is_main_responsible=True, section=section)
    for person in stated["persons_named"]:
        section = ledger.section(PERSON_SECTION)
        ledger.keep(
            Person,
            {"name": person["name"], "is_demo": False},
            post_as_printed=person["post"],
            section=section,
        )
    return group


def meeting_practice(meetings: list[dict[str, Any]]) -> str:
    """One line per meeting: how often, which, what for."""
    return "\n".join(
        f"{meeting['frequency']}：{meeting['kind']}"
        + (f"（{'、'.join(meeting['purpose'])}）" if "purpose" in meeting else "")
        for meeting in meetings
    )


def _keep_group(stated: dict[str, Any], office: Unit, ledger: Ledger) -> CoordinationGroup:
    return ledger.keep(
        CoordinationGroup,
        {"code": CITY_CODE},
        name=stated["terms"][-1]["name"],
        level=CoordinationGroup.Level.CITY,
        office_unit=office,
        office_duties="、".join(stated["office"]["duties"]),
        meeting_practice=meeting_practice(stated["meetings"]),
        lower_levels=stated["lower_levels"],
        section=ledger.section(GROUP_SECTION),
    )


def _keep_terms(
    terms: list[dict[str, Any]], main_unit_count: int, group: CoordinationGroup, ledger: Ledger
) -> None:
    """A month stands for its first day; a term ends the day before the next one begins. The number of main
    responsible units belongs to the present term."""
    starts = [datetime.date.fromisoformat(f"{term['from']}-01") for term in terms]
    ends = [start - datetime.timedelta(days=1) for start in starts[1:]]
    for term, start, end in zip(terms, starts, [*ends, None], strict=True):
        ledger.keep(
            GroupTerm,
            {"group": group, "started_on": start},
            name=term["name"],
            started_printed=term["from"],
            ended_on=end,
            event=term["event"],
            main_unit_count=main_unit_count if end is None else None,
            section=ledger.section(GROUP_SECTION),
        )


def _keep_seats(seats: list[dict[str, Any]], group: CoordinationGroup, ledger: Ledger) -> None:
    for rank, seat in enumerate(seats, start=1):
        key = {"group": group, "role": SEAT_ROLES[seat["role"]], "position_title": seat["position"]}
        ledger.keep(Seat, key, rank=rank, section=ledger.section(GROUP_SECTION))


def _keep_main_units(names: list[str], ledger: Ledger) -> dict[str, Unit]:
    units = {}
    for position, name in enumerate(names, start=1):
        code, kind = UNIT_CODES[name]
        once = {"short_name": name, "position": position}
        section = ledger.section(GROUP_SECTION)
        units[name] = ledger.keep(Unit, {"code": code}, once=once, name=name, kind=kind, section=section)
    return units


def _keep_other_organisations(organisations: list[dict[str, Any]], ledger: Ledger) -> None:
    for position, stated in enumerate(organisations, start=201):
        ledger.keep(
            Unit,
            {"code": OTHER_CODES[stated["name"]]},
            once={"short_name": stated["name"], "position": position},
            name=stated["name"],
            kind=OTHER_KINDS[stated["kind"]],
            note=stated["note"],
            section=ledger.section(stated["section"]),
        )


def _keep_regions(ledger: Ledger) -> None:
    for position, (code, name) in enumerate(COUNTIES.items(), start=101):
        once = {"short_name": name, "position": position}
        ledger.keep(
            Unit,
            {"code": code},
            once=once,
            name=name,
            kind=Unit.Kind.COUNTY,
            region_code=code,
            note="行政区划",
            section=None,
        )
    for position, (code, name) in enumerate(PARKS.items(), start=121):
        once = {"short_name": name, "position": position}
        ledger.keep(
            Unit,
            {"code": code},
            once=once,
            name=name,
            kind=Unit.Kind.PARK,
            note="园区，无行政区划代码",
            section=None,
        )
