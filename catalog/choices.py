from django.db.models import TextChoices


class Lifecycle(TextChoices):
    SAMPLING = "sampling", "Sampling"
    ACTIVE = "active", "Active"
    NOT_FOR_NEW_DESIGN = "nrnd", "Not for new designs"
    LAST_TIME_BUY = "last_time_buy", "Last time buy"
    OBSOLETE = "obsolete", "Obsolete"


ORDERABLE = (Lifecycle.SAMPLING, Lifecycle.ACTIVE, Lifecycle.NOT_FOR_NEW_DESIGN, Lifecycle.LAST_TIME_BUY)
