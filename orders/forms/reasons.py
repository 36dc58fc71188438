"""Why a change is made, in one word that reports can count."""

from orders.actions.cancel_line import SHORT_CLOSE

REASONS: tuple[tuple[str, str], ...] = (
    ("demand", "Demand changed"),
    ("project", "Project moved or ended"),
    ("schedule", "Customer's schedule changed"),
    ("capacity", "Capacity at the supplier"),
    ("material", "Material short"),
    ("yield", "Yield or quality"),
    ("transport", "Transport"),
    ("price_match", "Price matched"),
    ("agreement", "Agreement came late"),
    ("duplicate", "Ordered twice"),
    (SHORT_CLOSE, "Short close: the rest is not wanted"),
    ("entry_error", "Entered wrongly"),
    ("other", "Other"),
)
LABELS = dict(REASONS)


def reason_label(code: str) -> str:
    """Files may bring codes of their own: those are shown as they are."""
    return LABELS.get(code, code)
