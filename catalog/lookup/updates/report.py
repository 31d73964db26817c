"""Proposals as text for people and as JSON for programs."""

import json
from collections.abc import Iterator
from typing import Any

from catalog.lookup.updates.proposal import Proposal, Updates
from catalog.model.findings import count_of
from catalog.store.load import LoadResult
from catalog.store.yaml.writer import compose_record
from catalog.text.characters import to_printable


def report_updates(updates: Updates, loaded: LoadResult, *, as_json: bool) -> str:
    """Return the proposals, each with its place, evidence and the values to set."""
    places = _find_places(loaded)
    if as_json:
        rows = [_to_dict(proposal, places) for proposal in updates.proposals]
        found = {
            "proposals": rows,
            "failures": {text: list(keys) for text, keys in updates.failures.items()},
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    remarks = count_of(len(updates.proposals) - len(updates.passed), "remark")
    counts = f"{len(updates.passed)} that passed the bar, {remarks} below it\n"
    return "".join(_to_text(proposal, places) for proposal in updates.proposals) + counts


def describe_failures(updates: Updates) -> Iterator[str]:
    """Yield a line for each thing that went wrong, with the first records for which it did."""
    for text, keys in updates.failures.items():
        more = ", …" if len(keys) > _SHOWN else ""
        yield f"not asked: {text} (for {len(keys)}: {', '.join(keys[:_SHOWN])}{more})"


# Keys of one failure that are named: enough to try it again by hand.
_SHOWN = 3


def _find_places(loaded: LoadResult) -> dict[str, str]:
    places = {}
    for origin in loaded.origins:
        line, _ = origin.document.place(origin.path)
        places[origin.key or ""] = f"{origin.document.file}:{line}"
    return places


def _to_text(proposal: Proposal, places: dict[str, str]) -> str:
    kind = "proposal" if proposal.has_passed else "remark"
    head = f"{places.get(proposal.key, '?')}: {kind}: {proposal.what} [{proposal.key}]"
    why = f"  confidence {proposal.confidence:.2f}: {'; '.join(proposal.evidence)}"
    values = compose_record(dict(proposal.values), indent=4) if proposal.values else ""
    return f"{to_printable(head)}\n{to_printable(why)}\n{values}"


def _to_dict(proposal: Proposal, places: dict[str, str]) -> dict[str, Any]:
    return {
        "key": proposal.key,
        "place": places.get(proposal.key),
        "what": proposal.what,
        "values": dict(proposal.values),
        "evidence": list(proposal.evidence),
        "confidence": proposal.confidence,
        "passed": proposal.has_passed,
        "new_venues": dict(proposal.new_venues),
    }
