"""The plain page of one record: its facts, and the ways to edit it and to its history."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from ui.views import DetailPage


@dataclass(frozen=True)
class Fact:
    label: str
    value: Any
    href: str = ""


@dataclass(frozen=True)
class Step:
    """A button beside the title."""

    label: str
    href: str
    icon: str = ""


class RecordPage(DetailPage, ABC):
    """Facts of a record in the order given. `list_name` and `list_label` lead back; `kind` names its history."""

    permission = "master.view"
    template_name = "people/record.html"
    list_name: ClassVar[str]
    list_label: ClassVar[str]
    edit_name: ClassVar[str] = ""
    edit_right: ClassVar[str] = "master.edit"
    kind: ClassVar[str] = ""

    @abstractmethod
    def facts(self, found: Any) -> list[Fact]:
        """What the page tells."""

    def title(self, found: Any) -> str:
        return str(found)

    def edit_keys(self, found: Any) -> tuple[Any, ...]:
        return (found.pk,)

    def steps(self, found: Any) -> list[Step]:
        """Further buttons for those who may edit."""
        return []

    def get_context(self, found: Any) -> dict[str, Any]:
        may_edit = bool(self.edit_name) and self.member.may(self.edit_right)
        return {
            "title": self.title(found),
            "facts": self.facts(found),
            "list_url": self.url(self.list_name),
            "list_label": self.list_label,
            "history_url": self.url("people:history", self.kind, found.pk) if self.kind else "",
            "edit_url": self.url(self.edit_name, *self.edit_keys(found)) if may_edit else "",
            "steps": self.steps(found) if may_edit else [],
        }
