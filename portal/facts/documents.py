"""The twelve policy documents of the 1+N system and around it."""

from typing import Any

from portal.facts.ledger import Ledger
from tasks.models import PolicyDocument

LEVELS = {"省": PolicyDocument.Level.PROVINCE, "市": PolicyDocument.Level.CITY}


def keep(facts: dict[str, Any], ledger: Ledger) -> None:
    """A document that another supports stands before it in the file."""
    by_title: dict[str, PolicyDocument] = {}
    for number, stated in enumerate(facts["policy_documents"], start=1):
        document = _keep_document(f"{number:02d}", stated, by_title, ledger)
        by_title[document.title] = document


def _keep_document(
    code: str, stated: dict[str, Any], by_title: dict[str, PolicyDocument], ledger: Ledger
) -> PolicyDocument:
    issued_on = stated.get("date")
    return ledger.keep(
        PolicyDocument,
        {"code": code},
        title=stated.get("title", ""),
        number=stated.get("number", ""),
        issuer=stated.get("issuer", ""),
        level=LEVELS[stated["level"]],
        place=stated.get("place_in_system", ""),
        issued_year=stated.get("year", issued_on.year if issued_on else None),
        issued_on=issued_on,
        subject=stated.get("subject", ""),
        supports=by_title[stated["supports"]] if "supports" in stated else None,
        about=stated.get("about", ""),
        is_title_as_printed=stated.get("title_as_printed", False),
        section=ledger.section(stated["section"]),
    )
