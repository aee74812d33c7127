"""/rounds/: the list, the board, opening, exceptions, publishing, export."""

import datetime as dt

import pytest
from django.core.management import call_command

from core.errors import RuleViolation
from core.models import AuditEvent, Notice
from organization.models import RoleGrant
from portal.queries.home import running_rounds
from quarters.actions.publishing import publish_round
from quarters.queries.picture import live_picture
from quarters.queries.round_list import rounds_of
from quarters.queries.rounds import board_of
from reporting.models import ReportingRound, RoundException
from tests import factories
from tests.people import post
from tests.quarters.pages import count_queries, sentences
from tests.workbooks import rows_of
from tests.world import OPEN_DATES, add_task, carry, moment

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
BOARD = "/rounds/2026/3/"


@pytest.fixture
def office(world, client_for):
    return client_for(world.people["office_clerk"])


@pytest.fixture
def head(world, client_for):
    return client_for(world.people["office_head"])


def test_list_counts_each_round(world, office):
    rows = office.get("/rounds/").context["rows"]
    found = [
        (row.round.period.label, row.phase.label, row.total, row.handed_in, row.accepted) for row in rows
    ]
    assert found == [("2026年三季度", "填报中", 8, 3, 1), ("2026年二季度", "已发布", 1, 1, 1)]


def test_board_shows_each_unit_with_its_states(world):
    board = board_of(world.rounds["open"], TODAY, {})
    [row] = board.rows
    assert (row.unit_name, row.done, row.total, row.liaisons, row.last_active) == (
        *("市人社局", 3, 8, "联络员", "11-10"),
    )
    assert [cell.word for cell in row.cells] == [
        "通过",
        "待填",
        "草稿",
        "审签",
        "已报",
        "审核",
        "退回",
        "草稿",
    ]
    assert board.columns == ("任务1", "任务2", "任务3", "任务4", "任务5", "任务6", "任务7", "指标表")


def test_tally_of_the_stat_cards(world):
    tally = board_of(world.rounds["open"], dt.date(2026, 11, 28), {}).tally
    assert (tally.total, tally.accepted, tally.waiting, tally.signing, tally.returned) == (8, 1, 2, 1, 1)
    assert (tally.overdue, tally.overdue_words, tally.oldest_words, tally.unfinished) == (
        *(5, "1 家单位", "最久 18 天", 7),
    )


def test_stat_cards_add_up_to_what_is_owed(world):
    tally = board_of(world.rounds["open"], TODAY, {}).tally
    parts = (tally.accepted, tally.waiting, tally.signing, tally.returned, tally.unsent)
    assert (sum(parts), tally.unsent, tally.unsent_words) == (tally.total, 3, "其中草稿 2 项")


def test_exception_keeps_a_unit_from_being_overdue(world):
    factories.round_exception(round=world.rounds["open"], unit=world.lead_unit, until_on=dt.date(2026, 12, 1))
    board = board_of(world.rounds["open"], dt.date(2026, 11, 28), {})
    assert (board.tally.overdue, board.rows[0].extended) == (0, "延至12月1日")


@pytest.mark.parametrize("until", [None, dt.date(2026, 12, 1)])
def test_list_board_and_picture_count_the_same_overdue(world, until):
    if until:
        factories.round_exception(round=world.rounds["open"], unit=world.lead_unit, until_on=until)
    day, round_ = dt.date(2026, 11, 28), world.rounds["open"]
    in_list = rounds_of(world.group, world.people["office_clerk"], day)[0].overdue
    pictured = sum(line.is_overdue for line in live_picture(round_, judged_on=day).owed)
    [row] = running_rounds({world.group.pk}, day)
    found = (in_list, board_of(round_, day, {}).tally.overdue, pictured, row.overdue)
    assert found == ((0, 0, 0, 0) if until else (5, 5, 5, 5))


def test_published_round_counts_what_is_missing_in_one_word_and_colour(world):
    decide_all(world)
    publish_round(world.rounds["open"], by=world.people["office_head"], at=moment(22), reason="提前")
    round_ = ReportingRound.objects.get(pk=world.rounds["open"].pk)
    board = board_of(round_, TODAY, {})
    tally = board.tally
    assert (tally.missing, tally.overdue, tally.signing, tally.returned, tally.waiting) == (7, 0, 0, 0, 0)
    assert {(cell.word, cell.tone) for cell in board.rows[0].cells} == {
        ("通过", "accepted"),
        ("未报", "overdue"),
    }
    row = rounds_of(world.group, world.people["office_clerk"], TODAY)[0]
    assert (row.missing, row.overdue, len(board_of(round_, TODAY, {"state": "overdue"}).rows)) == (7, 0, 1)


@pytest.mark.parametrize(
    ("wanted", "units"),
    [
        ({"state": "signing"}, 1),
        ({"state": "overdue"}, 0),
        ({"state": "waiting"}, 1),
        ({"state": "unsent"}, 1),
        ({"unit_kind": "county"}, 0),
        ({"unit_kind": "department"}, 1),
        ({"unit": "other"}, 0),
    ],
)
def test_filters_of_the_board(world, wanted, units):
    assert len(board_of(world.rounds["open"], TODAY, wanted).rows) == units


def test_published_board_is_drawn_from_the_snapshot(world):
    world.submissions["published"].__class__.objects.filter(pk=world.submissions["published"].pk).update(
        return_count=9
    )
    board = board_of(world.rounds["published"], TODAY, {})
    assert ([cell.word for cell in board.rows[0].cells], board.phase.label) == (["通过"], "已发布")


@pytest.mark.parametrize(
    ("person", "words"),
    [("office_clerk", "去审核（2 件）"), ("office_head", "发布（还有 7 项未完成）")],
)
def test_primary_action_of_the_board(world, client_for, person, words):
    assert client_for(world.people[person]).get(BOARD).content.decode().count(words) == 1


@pytest.mark.parametrize(
    "address", ["/rounds/2025/1/", "/rounds/2026/9/", "/rounds/2026/0/", "/rounds/99999/1/"]
)
def test_missing_round_is_not_found(office, address):
    assert office.get(address).status_code == 404


def test_upper_office_sees_only_published_rounds_of_the_county(world, office):
    county = factories.group(code="341126", parent=world.group)
    factories.reporting_round(group=county, year=2026, quarter=3)
    assert office.get("/rounds/?group=341126").context["rows"] == []
    assert office.get(f"{BOARD}?group=341126").status_code == 404


def test_export_has_one_row_per_item(world, office):
    rows = rows_of(office.get(f"{BOARD}export/"))
    assert (rows[0], len(rows)) == (("单位", "种类", "事项", "状态", "逾期报送", "逾期未报"), 9)
    assert rows[8][:4] == ("市人社局", "指标数据", "指标数据", "草稿")


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow(office_clerk, client_for, units):
    round_ = factories.reporting_round(year=2026, quarter=3, **OPEN_DATES)
    for _ in range(units):
        factories.progress_report(task=factories.task(), unit=factories.unit(), round=round_, state="pending")
    client = client_for(office_clerk)
    assert (count_queries(client, "/rounds/"), count_queries(client, BOARD)) == (4, 8)


# --- opening -------------------------------------------------------------------------------------


def opening(**changes):
    dates = {"opens_on": "2026-12-31", "assist_due_on": "2027-01-11", "lead_due_on": "2027-01-15"}
    return {
        "period": "2026Q4",
        "review_due_on": "2027-01-20",
        "instructions": "请对照年度目标。",
        **dates,
        **changes,
    }


def test_opening_page_says_what_will_be_made(world, office):
    context = office.get("/rounds/open/").context
    preview = context["preview"]
    assert (str(context["period"]), preview.reports, preview.sheets, len(preview.units)) == (
        "2026Q4",
        7,
        1,
        1,
    )
    dates = [context["form"][name].value() for name in ("opens_on", "lead_due_on")]
    assert dates == [dt.date(2027, 1, 1), dt.date(2027, 1, 15)]
    assert (context["is_early"], preview.items) == (True, 8)


def test_opening_page_names_what_it_leaves_out(world, office):
    add_task(world, "30", "尚未签收的任务", state="handed_out")
    context = office.get("/rounds/open/").context
    assert context["preview"].not_received == 1
    assert [str(row) for row in context["running"]] == ["2026年三季度"]


def test_opening_says_who_could_not_be_told(world, office):
    RoleGrant.objects.filter(role="liaison", unit=world.lead_unit).update(ended_at=moment(21))
    answer = post(office, "/rounds/open/", opening())
    assert sentences(answer) == [
        "已开启2026年四季度填报，共8件，已通知有联络员的单位，市人社局还没有联络员。"
    ]


def test_command_opens_on_the_day_it_is_told(world):
    call_command("open_round", "2026Q4", opens_on="2026-11-22")
    assert ReportingRound.objects.get(quarter=4).opens_on == dt.date(2026, 11, 22)


def test_opening_makes_the_rows_and_tells_the_liaisons(world, office):
    answer = post(office, "/rounds/open/", opening())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rounds/2026/4/?group=341100")
    assert sentences(answer) == ["已开启2026年四季度填报，共8件，已通知各单位联络员。"]
    notice = Notice.objects.get(subject="2026年四季度填报已开启")
    assert notice.recipient_uid == world.people["lead_liaison"].uid


def test_opening_twice_is_refused_and_keeps_what_was_typed(world, office):
    answer = post(office, "/rounds/open/", opening(period="2026Q3"))
    form = answer.context["form"]
    assert form.non_field_errors() == ["2026年三季度的填报已经开启，不能重复开启。"]
    assert (answer.status_code, form["instructions"].value()) == (200, "请对照年度目标。")


def test_dates_out_of_order_are_named(world, office):
    answer = post(office, "/rounds/open/", opening(lead_due_on="2027-01-05"))
    assert answer.context["form"].errors["lead_due_on"] == [
        "“牵头单位截止”不能早于“协同单位截止”，请调整日期。"
    ]
    assert ReportingRound.objects.count() == 2


def test_no_date_is_named_with_its_grammar(world, office):
    answer = post(office, "/rounds/open/", opening(opens_on="一月一日"))
    assert answer.context["form"].errors["opens_on"] == [
        "“一月一日”不是日期，请写成“2026-09-30”或“2026年9月30日”。"
    ]


# --- exceptions ----------------------------------------------------------------------------------


def test_exception_is_granted_and_listed(world, office):
    typed = {"unit": "lead-unit", "until_on": "2026-12-01", "reason": "数据未出"}
    answer = post(office, f"{BOARD}exceptions/", typed)
    assert sentences(answer) == ["已准予市人社局延至2026-12-01填报。"]
    assert RoundException.objects.get().granted_by == world.people["office_clerk"]


def test_wrong_exception_is_refused_in_words_for_people(world, office):
    typed = {"unit": "nowhere", "until_on": "2026-12-01", "reason": "长" * 201}
    errors = post(office, f"{BOARD}exceptions/", typed).context["form"].errors
    assert (errors["unit"], errors["reason"]) == (
        ["请从列表中选择单位。"],
        ["原因不超过200字，现有201字，请精简。"],
    )


def test_exception_past_the_review_warns(world, office):
    typed = {"unit": "lead-unit", "until_on": "2026-12-10", "reason": "数据未出"}
    assert sentences(post(office, f"{BOARD}exceptions/", typed))[1] == (
        "延至日期晚于办公室审核截止2026年12月2日，本期审核和发布须相应推后。"
    )


def test_published_round_offers_no_exception(world, office):
    page = office.get("/rounds/2026/2/exceptions/").content.decode()
    assert (page.count("不能再准予延期"), page.count(">准予延期</button>")) == (1, 0)


def test_exception_before_the_due_date_comes_back(world, office):
    typed = {"unit": "lead-unit", "until_on": "2026-11-20", "reason": "数据未出"}
    answer = post(office, f"{BOARD}exceptions/", typed)
    form = answer.context["form"]
    assert (answer.status_code, form["reason"].value(), form.is_valid()) == (200, "数据未出", False)
    assert form.non_field_errors() == ["延至日期“2026年11月20日”须晚于牵头单位截止日期2026年11月27日。"]


# --- publishing ----------------------------------------------------------------------------------


def decide_all(world):
    for key in ("submitted", "reviewing"):
        world.submissions[key].__class__.objects.filter(pk=world.submissions[key].pk).update(state="returned")


def publish(world, client, lock_version=None, reason="组长同意提前发布"):
    version = ReportingRound.objects.get(pk=world.rounds["open"].pk).lock_version
    return post(client, f"{BOARD}publish/", {"lock_version": lock_version or version, "reason": reason})


def test_publish_page_names_what_is_in_the_way(world, head):
    context = head.get(f"{BOARD}publish/").context
    assert [line.title for line in context["in_review"]] == ["第5项任务", "第6项任务"]
    assert len(context["missing"]) == 5


def test_publishing_with_things_under_review_is_refused(world, head):
    answer = publish(world, head)
    assert (answer.status_code, ReportingRound.objects.get(quarter=3).published_at) == (409, None)


def test_head_publishes(world, head):
    decide_all(world)
    answer = publish(world, head)
    assert sentences(answer) == ["已发布2026年三季度第1版，内容已固定。"]
    assert ReportingRound.objects.get(quarter=3).published_by == world.people["office_head"]


def test_publish_page_names_the_units_that_still_have_time(world, head):
    factories.round_exception(round=world.rounds["open"], unit=world.lead_unit, until_on=dt.date(2026, 12, 1))
    [unit] = head.get(f"{BOARD}publish/").context["in_time"]
    assert (unit.name, unit.due_on, unit.left, unit.is_extended) == (
        "市人社局",
        dt.date(2026, 12, 1),
        5,
        True,
    )


def test_early_publishing_without_a_reason_comes_back(world, head):
    decide_all(world)
    answer = publish(world, head, reason=" ")
    assert answer.context["form"].errors["reason"] == ["仍有单位在填报时限内，请写明提前发布原因。"]
    assert ReportingRound.objects.get(quarter=3).published_at is None


def test_reason_of_early_publishing_is_kept_and_shown(world, head):
    decide_all(world)
    publish(world, head)
    audited = AuditEvent.objects.filter(action="发布填报周期").latest("pk")
    assert audited.after["提前发布原因"] == "组长同意提前发布"
    assert head.get(BOARD).content.decode().count("本期在截止前提前发布，原因：组长同意提前发布") == 1


def test_action_refuses_early_publishing_without_a_reason(world):
    decide_all(world)
    with pytest.raises(RuleViolation, match=r"市人社局仍在填报时限内.*须写明提前发布原因"):
        publish_round(world.rounds["open"], by=world.people["office_head"], at=moment(22))


def test_after_everybodys_time_no_reason_is_asked(world):
    decide_all(world)
    snapshot = publish_round(world.rounds["open"], by=world.people["office_head"], at=moment(28))
    assert snapshot.reason == ""


def test_stale_publishing_is_refused(world, head):
    decide_all(world)
    assert publish(world, head, lock_version=99).status_code == 409


def test_published_round_leads_back_to_its_board(world, head):
    answer = head.get("/rounds/2026/2/publish/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rounds/2026/2/?group=341100")


def test_nothing_is_filled_in_after_publishing(world, head, client_for):
    decide_all(world)
    publish(world, head)
    page = client_for(world.people["lead_liaison"]).get(f"/my/{world.submissions['pending'].uid}/")
    assert (page.status_code, page.templates[0].name) == (200, "quarters/item_read.html")


def test_whole_quarter_from_draft_to_published(world, head):
    for key in ("pending",):
        carry(world, world.fresh(key), "accepted", when=lambda hour: moment(20, 11, hour))
    decide_all(world)
    publish(world, head)
    board = board_of(ReportingRound.objects.get(quarter=3), TODAY, {})
    assert [cell.word for cell in board.rows[0].cells] == [
        "通过",
        "通过",
        "未报",
        "未报",
        "未报",
        "未报",
        "未报",
        "未报",
    ]


def test_invented_rounds_are_marked_where_real_ones_stand_beside_them(world, client_for):
    office = client_for(world.people["office_clerk"])
    marks = []
    for key in ("published", "open"):
        type(world.rounds[key]).objects.filter(pk=world.rounds[key].pk).update(is_demo=True)
        marks.append(office.get("/rounds/").content.decode().count("tag-demo"))
    assert marks == [2, 1]
