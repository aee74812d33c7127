"""A doubtful figure stops the liaison until it is explained; signer and reviewer see the doubt."""

from decimal import Decimal

import pytest

from metrics.models import FigureEntry, Indicator, Observation
from tests.quarters.pages import address, send
from tests.world import moment

pytestmark = pytest.mark.django_db
FIGURE, NOTE = "figure-skilled-total", "explanation-skilled-total"
SAID = "本期112,000是去年同期30,000的3.7倍"


@pytest.fixture
def liaison(world, client_for):
    Observation.objects.create(
        indicator=world.indicator,
        group=world.group,
        year=2025,
        quarter=3,
        value=Decimal(30000),
        recorded_at=moment(1, 7),
    )
    return client_for(world.people["lead_liaison"])


def gaps(client, world):
    page = client.get(address("my-submit", world.fresh("sheet"))).context["page"]
    return [gap.sentence for gap in page.gaps]


def test_jump_asks_for_an_explanation_and_is_shown_to_the_signer(world, liaison, client_for):
    assert gaps(liaison, world) == [f"“高技能人才总量”{SAID}，请核对数值或写明说明。"]
    assert send(liaison, "my-submit", world.fresh("sheet")).status_code == 409
    send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: "112000", NOTE: "口径调整。"})
    assert gaps(liaison, world) == []
    send(liaison, "my-submit", world.fresh("sheet"))
    page = client_for(world.people["signer"]).get(address("my-item", world.fresh("sheet")))
    [row] = page.context["page"].content.figures
    assert (row.doubts, row.explanation, page.content.decode().count(SAID)) == ((SAID,), "口径调整。", 1)


def test_doubt_stands_beside_the_field(world, liaison):
    [row] = liaison.get(address("my-item", world.fresh("sheet"))).context["rows"]
    assert row.doubts == (SAID,)


def test_negative_count_is_refused_even_with_an_explanation(world, liaison):
    send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: "-3", NOTE: "说明。"})
    assert gaps(liaison, world) == ["“高技能人才总量”以“人”计，不能为负数-3，请改正。"]
    [row] = liaison.get(address("my-item", world.fresh("sheet"))).context["rows"]
    assert row.doubts == ("以“人”计，不能为负数-3",)


def test_part_above_its_whole_is_named(world, liaison):
    whole = Indicator.objects.create(code="all-skilled", name="技能人才总量", measure_unit="人", kind="stock")
    Indicator.objects.create(
        code="share",
        name="占比",
        measure_unit="%",
        kind="ratio",
        numerator=world.indicator,
        denominator=whole,
    )
    sheet = world.fresh("sheet").figure_sheet
    FigureEntry.objects.create(sheet=sheet, indicator=whole, raw="90000", value=Decimal(90000))
    assert gaps(liaison, world) == [
        f"“高技能人才总量”112,000大于“技能人才总量”90,000，部分不应大于整体；{SAID}，请核对数值或写明说明。"
    ]
