"""How large one generated city is, and which numbers its rows bear. Pure."""

from dataclasses import dataclass

# Every city has this many ids of its own in each table; what all cities share stands below.
CITY_SPACE = 10_000_000
FIRST_CITY = 1
CITIES_IN_PROVINCE = 16


def id_of(number: int, city: int = FIRST_CITY) -> int:
    """The primary key of a city's row."""
    return city * CITY_SPACE + number


def marker(city: int) -> str:
    """What the codes and login names of a city begin with."""
    return f"s{city:04}"


def place(city: int) -> str:
    """What the names of a city's units begin with."""
    return f"规模{city:04}市"


@dataclass(frozen=True)
class Shape:
    """The counts behind one city; a report is due on each task in each quarter."""

    departments: int = 40
    counties: int = 160
    county_indicators: int = 156
    linked_indicators: int = 12
    areas: int = 8
    tasks: int = 2_000
    liaison_tasks: int = 40
    quarters: int = 40
    detailed_quarters: int = 2

    @property
    def units(self) -> int:
        return self.departments + self.counties

    @property
    def owed(self) -> int:
        """Submissions of one quarter: a report per task, a figure sheet per unit."""
        return self.tasks + self.units


STANDARD = Shape()
# For tests: everything occurs, nothing takes long.
TINY = Shape(
    departments=3,
    counties=2,
    county_indicators=3,
    linked_indicators=2,
    areas=2,
    tasks=24,
    liaison_tasks=6,
    quarters=4,
)
