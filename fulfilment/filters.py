import django_filters

from fulfilment.choices import ShipmentStatus, ShipRequestStatus
from fulfilment.models import Shipment, ShipmentException, ShipRequest
from ui.day_filters import DaySpanFilter


class ShipRequestFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="number", lookup_expr="istartswith", label="Number begins with")
    status = django_filters.ChoiceFilter(choices=ShipRequestStatus.choices)
    ship_by = DaySpanFilter(field_name="ship_by_date", label="Ship by")

    class Meta:
        model = ShipRequest
        fields: list[str] = []


class ShipmentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="number", lookup_expr="istartswith", label="Number begins with")
    tracking = django_filters.CharFilter(lookup_expr="istartswith", label="Tracking begins with")
    status = django_filters.ChoiceFilter(choices=ShipmentStatus.choices)
    is_billed = django_filters.BooleanFilter(field_name="invoice", lookup_expr="isnull", exclude=True, label="Billed")

    class Meta:
        model = Shipment
        fields: list[str] = []


class ExceptionFilter(django_filters.FilterSet):
    is_open = django_filters.BooleanFilter(field_name="cleared_at", lookup_expr="isnull", label="Still open")

    class Meta:
        model = ShipmentException
        fields: list[str] = []
