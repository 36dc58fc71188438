from django.db.models import TextChoices


class Payer(TextChoices):
    SHIPPER = "shipper", "Shipper"
    RECEIVER = "receiver", "Receiver"
    THIRD_PARTY = "third_party", "Third party"


class Incoterm(TextChoices):
    """Incoterms 2020 of the ICC."""

    EXW = "EXW", "EXW Ex works"
    FCA = "FCA", "FCA Free carrier"
    CPT = "CPT", "CPT Carriage paid to"
    CIP = "CIP", "CIP Carriage and insurance paid to"
    DAP = "DAP", "DAP Delivered at place"
    DPU = "DPU", "DPU Delivered at place unloaded"
    DDP = "DDP", "DDP Delivered duty paid"
    FAS = "FAS", "FAS Free alongside ship"
    FOB = "FOB", "FOB Free on board"
    CFR = "CFR", "CFR Cost and freight"
    CIF = "CIF", "CIF Cost, insurance and freight"
