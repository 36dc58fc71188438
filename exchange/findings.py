from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one row. An error rejects the row, a warning waits until a person accepts it.

    `value` is the text that was not known, where something of that name could be created. `is_from_file` marks what
    was seen while reading; checking again cannot find it again.
    """

    severity: Severity
    field: str
    code: str
    message: str
    value: str = ""
    is_from_file: bool = False

    def as_json(self) -> dict[str, Any]:
        found = {"severity": str(self.severity), "field": self.field, "code": self.code, "message": self.message}
        if self.value:
            found["value"] = self.value
        return {**found, "is_from_file": True} if self.is_from_file else found


def from_json(found: Mapping[str, Any]) -> Finding:
    return Finding(**{**found, "severity": Severity(found["severity"])})
