"""Short sentences of generated reports and titles of generated tasks. Pure; `pick` is any whole number."""

AREAS = ("思想引领", "建功立业", "素质提升", "地位提高", "队伍壮大", "支撑保障", "宣传氛围", "组织实施")
VERBS = ("推进", "开展", "健全", "深化", "完善", "落实", "组织", "提升", "培育", "巩固", "规范")
MATTERS = (
    *(
        "技能竞赛",
        "职业技能培训",
        "工匠学院建设",
        "集体协商",
        "劳模工匠宣讲",
        "技能等级认定",
        "新就业群体入会",
    ),
    *("班组建设", "创新工作室", "技术工人待遇", "职工帮扶", "产业工会联合会建设", "校企合作"),
)
PLACES = ("重点企业", "各县市区", "开发园区", "产业链", "市直单位", "中小企业", "规上企业")
DEEDS = ("完成", "组织", "新增", "落实", "推广", "检查")


def task_title(number: int) -> str:
    verb, matter = VERBS[number % len(VERBS)], MATTERS[number % len(MATTERS)]
    return f"{verb}{PLACES[number % len(PLACES)]}{matter}（{number}）"


def progress(pick: int, percent: int) -> str:
    deed, matter = DEEDS[pick % len(DEEDS)], MATTERS[pick % len(MATTERS)]
    return f"{PLACES[pick % len(PLACES)]}{deed}{matter}{pick % 97 + 3}项，累计{percent}%。"


def problems(pick: int) -> str:
    return f"{MATTERS[pick % len(MATTERS)]}进度偏慢，{pick % 9 + 1}家单位尚未启动。"


def next_steps(pick: int) -> str:
    return f"下季度对{PLACES[pick % len(PLACES)]}逐户督促，补齐{pick % 9 + 1}项。"


def coordination(pick: int) -> str:
    return f"请协调{MATTERS[pick % len(MATTERS)]}经费{pick % 80 + 20}万元。"
