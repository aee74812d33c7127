"""What a reader sees on the dashboard, taken out of its HTML: nothing but the text of the page is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
PAPERS = ("任务", "指标表", "协同情况", "试点情况")


@dataclass
class Node:
    """An element with its attributes; text lies between its children."""

    tag: str
    attributes: dict[str, str | None]
    parts: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        words = (part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join("".join(words).split())

    def all(self, tag: str = "", **wanted: str) -> Iterator[Node]:
        """Elements below, in the order of the page; `data_figure` asks for `data-figure`, an empty value for any."""
        for part in self.parts:
            if isinstance(part, Node):
                if part._is(tag, wanted):
                    yield part
                yield from part.all(tag, **wanted)

    def _is(self, tag: str, wanted: dict[str, str]) -> bool:
        named = {name.replace("_", "-"): value for name, value in wanted.items()}
        has = all(name in self.attributes for name in named)
        return tag in ("", self.tag) and has and all(v in ("", self.attributes[n]) for n, v in named.items())

    def rows(self) -> list[list[str]]:
        """The cells of the body rows of a table, group heads left out."""
        rows = [row for body in self.all("tbody") for row in body.all("tr") if "class" not in row.attributes]
        return [[cell.text for cell in row.parts if isinstance(cell, Node)] for row in rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


class ShownPage:
    """The figures of one dashboard page."""

    def __init__(self, html: str) -> None:
        reader = _Reader()
        reader.feed(html)
        self.root = reader.open[0]

    def part(self, name: str) -> Node:
        return next(self.root.all(id=name))

    @property
    def figures(self) -> dict[str, str]:
        """The figures of the sentence, by what they count; what is zero is not said."""
        return {node.attributes["data-figure"] or "": node.text for node in self.root.all(data_figure="")}

    @property
    def areas(self) -> list[tuple[str, tuple[int, ...]]]:
        rows = self.part("areas-table").rows()
        return [(row[0], tuple(int(cell) for cell in row[1:-1])) for row in rows]

    @property
    def behind(self) -> list[tuple[str, str, tuple[Decimal, ...], str]]:
        """Title, lead unit, the figures of the reason, quarters behind."""
        rows = list(self.part("behind").all("tbody"))
        found = []
        for row in rows[0].all("tr") if rows else ():
            _, name, lead, rule, quarters = list(row.all("td"))
            found.append((next(name.all("a")).text, lead.text, amounts(rule.text), quarters.text))
        return found

    @property
    def behind_total(self) -> int:
        return sum(int(node.attributes["data-total"] or 0) for node in self.root.all(data_total=""))

    @property
    def owing(self) -> dict[str, tuple[int, int, int]]:
        """Unit → papers overdue, still awaited, late."""
        found = {}
        for line in self.part("owing").all("li"):
            tags = [tag.text for tag in line.all("a")]
            overdue, awaited, late = (
                sum(papers(tag, word) for tag in tags) for word in ("逾期未报", "未报", "逾期报送")
            )
            found[next(line.all("span")).text] = overdue, awaited, late
        return found

    @property
    def units(self) -> dict[str, tuple[str, str, str]]:
        """Unit → «达到 / 应考核», share, change."""
        rows = self.part("units").rows()
        return {row[0]: (re.findall(r"\d+ / \d+", row[1])[0], row[2], row[3]) for row in rows}

    @property
    def indicators(self) -> dict[str, tuple[Decimal | str, ...]]:
        """Indicator → actual, target, due by now, last year."""
        tables = list(self.root.all("table", id="indicators-table"))
        rows = tables[0].rows() if tables else []
        return {row[0]: tuple(figure(cell) for cell in row[2:]) for row in rows}

    def count_of(self, name: str) -> int:
        """The number in the heading of a part."""
        return numbers(next(self.part(name).all("h2")).text)[0]


def numbers(words: str) -> tuple[int, ...]:
    return tuple(int(found) for found in re.findall(r"\d+", words))


def amounts(words: str) -> tuple[Decimal, ...]:
    """As `numbers`, with their places."""
    return tuple(Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", words))


def papers(tag: str, word: str) -> int:
    """«逾期未报任务2项、指标表» is three papers overdue."""
    if not re.match(rf"{word}(?={'|'.join(PAPERS)})", tag):
        return 0
    parts = tag.removeprefix(word).split("、")
    return sum(numbers(part)[0] if part.startswith("任务") else 1 for part in parts)


def figure(cell: str) -> Decimal | str:
    plain = cell.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else cell
