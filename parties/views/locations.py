from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from parties.actions.save_location import save_location
from parties.errors import PartyRefusal
from parties.filters import LocationFilter
from parties.forms import LocationForm
from parties.models import Location, Party
from parties.tables import LocationTable
from people.views.record import Fact, RecordPage
from ui.views import FormPage


class LocationList(MasterList):
    file_kind = "locations"
    model = Location
    heading = "Locations"
    table_class = LocationTable
    filterset_class = LocationFilter
    empty_title = "No locations yet"
    empty_text = "Add them on the page of their party, or upload a file of them."

    def get_queryset(self) -> QuerySet[Any]:
        return Location.objects.select_related("party")


class LocationDetail(RecordPage):
    model = Location
    list_name = "parties:location_list"
    list_label = "Locations"
    edit_name = "parties:location_edit"
    kind = "location"

    def get_queryset(self) -> QuerySet[Any]:
        return Location.objects.select_related("party").filter(party_id=self.kwargs["party"])

    def edit_keys(self, found: Location) -> tuple[Any, ...]:
        return found.party_id, found.pk

    def title(self, found: Location) -> str:
        return f"{found.party.code}/{found.code}"

    def facts(self, found: Location) -> list[Fact]:
        return [
            Fact("Party", found.party.name, self.url("parties:party_detail", found.party_id)),
            Fact("Name", found.name),
            Fact("Purpose", found.get_purpose_display()),
            Fact("Address", "\n".join(filter(None, (found.address1, found.address2)))),
            Fact("City", " ".join(filter(None, (found.postcode, found.city)))),
            Fact("Region", found.region),
            Fact("Country", found.country),
            Fact("GLN", found.gln),
            Fact("In use", "yes" if found.is_active else "no"),
        ]


class LocationFormPage(FormPage):
    permission = "master.edit"
    form_class = LocationForm
    asks_reason = True
    refusals = (PartyRefusal,)

    def party(self) -> Party:
        return get_object_or_404(Party, pk=self.kwargs["party"])

    def get_cancel_url(self) -> str:
        return self.url("parties:party_detail", self.kwargs["party"])

    def save(self, form: Any, location_id: int | None) -> str:
        party = self.party()
        save_location(party_id=party.pk, location_id=location_id, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class AddLocation(LocationFormPage):
    def get_heading(self) -> str:
        return f"New location of {self.party().name}"

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditLocation(LocationFormPage):
    def get_history_url(self) -> str:
        return self.url("people:history", "location", self.kwargs["pk"])

    def location(self) -> Location:
        return get_object_or_404(Location, pk=self.kwargs["pk"], party_id=self.kwargs["party"])

    def get_heading(self) -> str:
        return self.location().name

    def get_initial(self) -> dict[str, Any]:
        place = self.location()
        return {name: getattr(place, name) for name in LocationForm.base_fields}

    def execute(self, form: Any) -> str:
        return self.save(form, self.location().pk)
