from exchange.views.batches import AcceptBatch, BatchDetail, BatchList, CheckBatch, DiscardBatch
from exchange.views.columns import MapColumns
from exchange.views.downloads import Export, Template
from exchange.views.missing import Missing
from exchange.views.upload import Upload

__all__ = [
    "AcceptBatch",
    "BatchDetail",
    "BatchList",
    "CheckBatch",
    "DiscardBatch",
    "Export",
    "MapColumns",
    "Missing",
    "Template",
    "Upload",
]
