from fulfilment.models.exception import ShipmentException
from fulfilment.models.ship_request import ShipRequest, ShipRequestLine
from fulfilment.models.shipment import Shipment, ShipmentLine

__all__ = ["ShipRequest", "ShipRequestLine", "Shipment", "ShipmentException", "ShipmentLine"]
