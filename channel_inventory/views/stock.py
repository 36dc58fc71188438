from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path

from channel_inventory.filters.stock import CostLayerFilter, StockPositionFilter, StockRowFilter
from channel_inventory.models import CostLayer, StockLedger, StockPosition
from channel_inventory.reports.stock_places import places_of
from channel_inventory.tables.stock import CostLayerTable, StockPositionTable, StockRowTable
from tenancy.rights import SEE_COST
from ui.views import EXPORT_SELECTED, DetailPage, ListPage

SHOWN_LAYERS = 50
SHOWN_ROWS = 20


class StockPositionList(ListPage):
    """What each partner holds of each product, by our reckoning and by its own."""

    permission = "channel.view"
    model = StockPosition
    heading = "Channel stock"
    table_class = StockPositionTable
    filterset_class = StockPositionFilter
    orderings: ClassVar[dict[str, tuple[str, ...]]] = {"number": ("pk",), "on-hand": ("on_hand", "pk")}
    default_ordering = "-on-hand"
    related = ("partner", "product")
    saved_views = (
        ("All", ""),
        ("Differs from the report", "differs=true"),
        ("Building up", "building_up=true"),
        ("No demand", "no_demand=true"),
    )
    bulk_actions = (EXPORT_SELECTED,)
    empty_title = "No channel stock yet"
    empty_text = "What is invoiced to a partner shows here after the night, or with the partner's next report."


class StockDetail(DetailPage):
    permission = "channel.view"
    model = StockPosition
    template_name = "channel_inventory/stock.html"

    def get_queryset(self) -> QuerySet[Any]:
        return StockPosition.objects.select_related("partner", "product")

    def get_context(self, found: StockPosition) -> dict[str, Any]:
        of_both = {"partner_id": found.partner_id, "product_id": found.product_id}
        layers = CostLayer.objects.filter(**of_both, remaining__gt=0).order_by("received_on", "pk")
        rows = StockLedger.objects.filter(**of_both).select_related(*StockRows.related).order_by("-pk")
        places = places_of(found)
        return {
            "layers": layers.select_related("stock_row__invoice_line__invoice")[:SHOWN_LAYERS],
            "rows": rows[:SHOWN_ROWS],
            "places": places,
            # what no place is known of may lie at any of them
            "is_placed": all(place.code for place in places),
            "sees_cost": self.member.may(SEE_COST),
        }


class StockRows(ListPage):
    permission = "channel.view"
    model = StockLedger
    heading = "Channel stock ledger"
    table_class = StockRowTable
    filterset_class = StockRowFilter
    related = ("partner", "product", "location", "pos_line", "invoice_line__invoice")
    empty_title = "No stock has moved like this"
    empty_text = "Sell-in, sales and returns of partners show here."


class CostLayers(ListPage):
    permission = "channel.view"
    model = CostLayer
    heading = "Cost layers"
    table_class = CostLayerTable
    filterset_class = CostLayerFilter
    related = ("partner", "product", "stock_row__invoice_line__invoice")
    saved_views = (("All", ""), ("Holding something", "is_open=true"))
    empty_title = "No layer matches"
    empty_text = "Each invoice line to a partner opens one."


urlpatterns = [
    path("stock/", StockPositionList.as_view(), name="stock_list"),
    path("stock/<int:pk>/", StockDetail.as_view(), name="stock_detail"),
    path("stock/ledger/", StockRows.as_view(), name="stock_rows"),
    path("stock/layers/", CostLayers.as_view(), name="layer_list"),
]
