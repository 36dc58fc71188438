from django.db.models import TextChoices


class Role(TextChoices):
    SALES_OPS = "sales_ops", "Sales operations"
    MANAGER = "manager", "Manager"
    FINANCE = "finance", "Finance"
    DOCK = "dock", "Dock"
    ADMIN = "admin", "Administrator"
    PARTNER = "partner", "Partner"


OUTSIDERS = frozenset({Role.DOCK, Role.PARTNER})


class FiscalPattern(TextChoices):
    CALENDAR = "calendar", "Calendar months"
    W445 = "445", "4-4-5 weeks"
    W454 = "454", "4-5-4 weeks"
    W544 = "544", "5-4-4 weeks"


class FiscalYearEnd(TextChoices):
    LAST = "last", "Last such weekday of the closing month"
    NEAREST = "nearest", "Such weekday nearest to the end of the closing month"


class PriceDatePolicy(TextChoices):
    ORDER_DATE = "order_date", "Price in force on the order date"
    SHIP_DATE = "ship_date", "Price in force on the requested ship date"
