class FulfilmentRefused(ValueError):
    """What was asked does not fit. `field` names the input to correct."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.message, self.field = message, field
