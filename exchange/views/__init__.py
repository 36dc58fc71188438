from exchange.views.batches import AcceptBatch, BatchDetail, BatchList, CheckBatch, DiscardBatch
from exchange.views.columns import MapColumns
from exchange.views.downloads import ErrorFile, Export, Template
from exchange.views.missing import Missing
from exchange.views.trading_partners import (
    AddTradingPartner,
    EditTradingPartner,
    TradingPartnerDetail,
    TradingPartnerList,
)
from exchange.views.upload import Upload

__all__ = [
    "AcceptBatch",
    "AddTradingPartner",
    "BatchDetail",
    "BatchList",
    "CheckBatch",
    "DiscardBatch",
    "EditTradingPartner",
    "ErrorFile",
    "Export",
    "MapColumns",
    "Missing",
    "Template",
    "TradingPartnerDetail",
    "TradingPartnerList",
    "Upload",
]
