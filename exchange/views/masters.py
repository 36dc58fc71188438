"""What lists of master data share: the button for a new record, and its files in and out."""

from dataclasses import dataclass
from typing import Any, ClassVar

from exchange.kinds import ImportKind, kind_named
from ui.cells import link
from ui.views import EmptyAction, ListPage


@dataclass(frozen=True)
class Way:
    """A link to what belongs with a list."""

    label: str
    url_name: str
    icon: str


class MasterList(ListPage):
    """A list of records that people enter, or upload as a file of `file_kind`.

    `create_name` is the page of a new record, for those with `edit_right`. The template and the export are in the
    columns of the kind, so that what is exported, changed and uploaded again changes just that.
    """

    permission = "master.view"
    template_name = "exchange/master_list.html"
    edit_right: ClassVar[str] = "master.edit"
    create_name: ClassVar[str] = ""
    create_label: ClassVar[str] = ""
    file_kind: ClassVar[str] = ""
    ways: ClassVar[tuple[Way, ...]] = ()
    # label and address of the list that this one belongs to
    within: ClassVar[tuple[str, str] | None] = None

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": link(self.url(self.within[1]), self.within[0]) if self.within else "",
            "create_url": self.create_url(),
            "create_label": self.create_label,
            "ways": [(way, self.url(way.url_name)) for way in self.ways],
            "files": self.files(),
        }

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction(self.create_label, self.create_url())] if self.create_url() else []

    def create_url(self) -> str:
        return self.url(self.create_name) if self.create_name and self.member.may(self.edit_right) else ""

    def files(self) -> dict[str, Any] | None:
        """Addresses of upload, template and export, as far as the member may."""
        if not self.file_kind or not self.member.may("files.import"):
            return None
        kind: ImportKind = kind_named(self.file_kind)
        if not kind.is_visible_to(self.member):
            return None
        upload, template, export = (self.url(f"exchange:{name}") for name in ("upload", "template", "export"))
        return {
            "title": kind.title,
            "upload": f"{upload}?kind={kind.name}" if kind.is_open_to(self.member) else "",
            "templates": [(ending.upper(), f"{template}?kind={kind.name}&as={ending}") for ending in ("csv", "xlsx")],
            "exports": [(ending.upper(), f"{export}?kind={kind.name}&as={ending}") for ending in ("csv", "xlsx")],
        }
