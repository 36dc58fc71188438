from exchange.models.batch import ImportBatch
from exchange.models.column_map import ColumnMap
from exchange.models.interchange import Interchange
from exchange.models.row import ImportRow
from exchange.models.trading_partner import TradingPartner

__all__ = ["ColumnMap", "ImportBatch", "ImportRow", "Interchange", "TradingPartner"]
