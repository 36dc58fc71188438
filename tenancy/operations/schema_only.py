from typing import Any

from django.db.migrations.operations.base import Operation


class SchemaOnly(Operation):
    """Changes the database in a way that the state of Django's models knows nothing of."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes there."""
