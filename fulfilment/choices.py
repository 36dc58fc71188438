from django.db.models import TextChoices


class ShipRequestStatus(TextChoices):
    RELEASED = "released", "Released"
    PART_SHIPPED = "part_shipped", "Part shipped"
    SHIPPED = "shipped", "Shipped"
    SUPERSEDED = "superseded", "Superseded by a newer revision"
    CANCELLED = "cancelled", "Cancelled"


LIVE = (ShipRequestStatus.RELEASED, ShipRequestStatus.PART_SHIPPED)


class Channel(TextChoices):
    SCREEN = "screen", "Dock screen"
    PDF = "pdf", "PDF packet"
    CSV = "csv", "CSV"
    X12_940 = "x12_940", "X12 940"


class ShipmentStatus(TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    UNDONE = "undone", "Undone"
