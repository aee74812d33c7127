"""What the fixtures of the demonstration say, read once per process and never changed."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
Content = dict[str, Any]


@cache
def read(noun: str) -> Content:
    """One file of fixtures/demo: city, county, figures, honors, sources, tasks or wording."""
    text = (FOLDER / f"{noun}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 (safe loaders)
