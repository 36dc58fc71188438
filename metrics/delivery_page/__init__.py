"""The page of delivery performance, and the lists of schedules behind its figures."""

from metrics.delivery_page.page import DeliveryPage

__all__ = ["DeliveryPage"]
