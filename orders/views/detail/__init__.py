from orders.views.detail.page import OrderDetail

__all__ = ["OrderDetail"]
