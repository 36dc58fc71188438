from django.urls import path

from fulfilment import views

app_name = "fulfilment"

urlpatterns = [
    path("orders/<int:pk>/release/", views.ReleaseOrder.as_view(), name="order_release"),
    path("orders/<int:pk>/deliveries/", views.OrderDeliveries.as_view(), name="order_deliveries"),
    path(
        "orders/<int:pk>/ship-requests/<int:ship_request>/mail/",
        views.MailInstruction.as_view(),
        name="ship_request_mail",
    ),
    path("ship-requests/", views.ShipRequestList.as_view(), name="ship_request_list"),
    path("ship-requests/<int:pk>/", views.ShipRequestDetail.as_view(), name="ship_request_detail"),
    path("ship-requests/<int:pk>/preview/", views.ShipRequestPreview.as_view(), name="ship_request_preview"),
    path("ship-requests/<int:pk>/packet/", views.ShipRequestPacketPage.as_view(), name="ship_request_packet"),
    path("ship-requests/<int:pk>/csv/", views.ShipRequestAsCsv.as_view(), name="ship_request_csv"),
    path("ship-requests/<int:pk>/940/", views.ShipRequestAsX12.as_view(), name="ship_request_x12"),
    path("ship-requests/<int:pk>/revise/", views.ReviseShipRequest.as_view(), name="ship_request_revise"),
    path("ship-requests/<int:pk>/cancel/", views.CancelShipRequest.as_view(), name="ship_request_cancel"),
    path("ship-requests/<int:pk>/confirm/", views.ConfirmShipment.as_view(), name="ship_request_confirm"),
    path("shipments/", views.ShipmentList.as_view(), name="shipment_list"),
    path("shipments/<int:pk>/", views.ShipmentDetail.as_view(), name="shipment_detail"),
    path("shipments/<int:pk>/delivery/", views.RecordDelivery.as_view(), name="shipment_delivery"),
    path("shipments/<int:pk>/bill/", views.BillShipment.as_view(), name="shipment_bill"),
    path("shipments/<int:pk>/undo/", views.UndoShipment.as_view(), name="shipment_undo"),
    path("exceptions/", views.ExceptionList.as_view(), name="exception_list"),
    path("exceptions/<int:pk>/clear/", views.ClearException.as_view(), name="exception_clear"),
    path("dock/", views.DockQueue.as_view(), name="dock_queue"),
    path("dock/<int:pk>/", views.DockConfirm.as_view(), name="dock_confirm"),
]
