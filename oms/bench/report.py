"""The results on the screen and in a file."""

import json
from collections.abc import Sequence
from pathlib import Path

from oms.bench.result import Result, significant

HEADINGS = ("measure", "value", "limit", "unit", "ratio", "target", "")
LEGEND = (
    "ratio = value ÷ limit, both taken in this run. ≤: a time, less is better. ≥: a rate, more is better.",
    "A limit is the simplest SQL that touches the same rows.",
)


def table(results: Sequence[Result]) -> str:
    rows = [HEADINGS, *(cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"  {result.name}: {result.note}" for result in results]
    return "\n".join([*lines, "", *LEGEND, *notes])


def cells(result: Result) -> tuple[str, ...]:
    figures = (f"{significant(each):,g}" for each in (result.value, result.limit))
    value, limit = figures
    met = "ok" if result.is_met else "missed"
    return result.name, value, limit, result.unit, f"{result.ratio:.2f}", str(result.target), met


def write(results: Sequence[Result], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"results": [result.as_json() for result in results]}, indent=1, ensure_ascii=False))
