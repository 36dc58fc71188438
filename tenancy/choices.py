from django.db.models import IntegerChoices, TextChoices


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


class Weekday(IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Month(IntegerChoices):
    JANUARY = 1, "January"
    FEBRUARY = 2, "February"
    MARCH = 3, "March"
    APRIL = 4, "April"
    MAY = 5, "May"
    JUNE = 6, "June"
    JULY = 7, "July"
    AUGUST = 8, "August"
    SEPTEMBER = 9, "September"
    OCTOBER = 10, "October"
    NOVEMBER = 11, "November"
    DECEMBER = 12, "December"
