from channel_inventory.models.claim import Claim, ClaimCredit, ClaimLine
from channel_inventory.models.layer import CostLayer, LayerConsumption
from channel_inventory.models.liability_ledger import LiabilityLedger
from channel_inventory.models.partner_terms import PartnerTerms
from channel_inventory.models.pos_line import PosLine
from channel_inventory.models.reported_end_buyer import ReportedEndBuyer
from channel_inventory.models.reported_stock import ReportedStock
from channel_inventory.models.stock_ledger import StockLedger
from channel_inventory.models.stock_position import StockPosition
from channel_inventory.models.text_forecast import TextForecast

__all__ = [
    "Claim",
    "ClaimCredit",
    "ClaimLine",
    "CostLayer",
    "LayerConsumption",
    "LiabilityLedger",
    "PartnerTerms",
    "PosLine",
    "ReportedEndBuyer",
    "ReportedStock",
    "StockLedger",
    "StockPosition",
    "TextForecast",
]
