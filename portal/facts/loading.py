"""The loading of all facts in one transaction, and its one audit event."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from core import audit
from portal.facts import areas, documents, honors, industries, metrics, organization, plan, sections
from portal.facts.ledger import Ledger

FACTS_PATH = Path(settings.BASE_DIR) / "fixtures" / "seed-facts.yaml"


@dataclass(frozen=True)
class Outcome:
    """What a loading did, and of which file."""

    added: int
    changed: int
    sha256: str


def load_facts() -> Outcome:
    """Makes the rows equal to the file. A second run changes nothing and leaves no audit event."""
    content = FACTS_PATH.read_bytes()
    outcome_digest = hashlib.sha256(content).hexdigest()
    ledger = Ledger()
    with transaction.atomic():
        _keep_all(yaml.safe_load(content), ledger)
        if ledger.touched:
            audit.record(
                "载入事实",
                by=None,
                label=FACTS_PATH.name,
                group_code=organization.CITY_CODE,
                after={"新增": ledger.added, "更改": ledger.changed, "文件摘要": outcome_digest},
            )
    return Outcome(ledger.added, ledger.changed, outcome_digest)


def _keep_all(facts: dict[str, Any], ledger: Ledger) -> None:
    """In the order in which rows need one another."""
    sections.keep(facts, ledger)
    group = organization.keep(facts, ledger)
    documents.keep(facts, ledger)
    areas.keep(facts, ledger)
    measured_tasks = plan.keep(facts, ledger, group)
    metrics.keep(facts, ledger, group, measured_tasks)
    honors.keep(facts, ledger)
    industries.keep(facts, ledger)
