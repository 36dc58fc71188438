from fulfilment.views.deliveries import OrderDeliveries
from fulfilment.views.dock import DockConfirm, DockQueue
from fulfilment.views.exceptions import ClearException, ExceptionList
from fulfilment.views.mail import MailInstruction
from fulfilment.views.release import ReleaseOrder
from fulfilment.views.ship_requests import (
    CancelShipRequest,
    ReviseShipRequest,
    ShipRequestAsCsv,
    ShipRequestAsX12,
    ShipRequestDetail,
    ShipRequestList,
    ShipRequestPacketPage,
    ShipRequestPreview,
)
from fulfilment.views.shipments import (
    BillShipment,
    ConfirmShipment,
    RecordDelivery,
    ShipmentDetail,
    ShipmentList,
    UndoShipment,
)

__all__ = [
    "BillShipment",
    "CancelShipRequest",
    "ClearException",
    "ConfirmShipment",
    "DockConfirm",
    "DockQueue",
    "ExceptionList",
    "MailInstruction",
    "OrderDeliveries",
    "RecordDelivery",
    "ReleaseOrder",
    "ReviseShipRequest",
    "ShipRequestAsCsv",
    "ShipRequestAsX12",
    "ShipRequestDetail",
    "ShipRequestList",
    "ShipRequestPacketPage",
    "ShipRequestPreview",
    "ShipmentDetail",
    "ShipmentList",
    "UndoShipment",
]
