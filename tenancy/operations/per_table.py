"""The same few statements for each of some tables."""

from typing import Any

from tenancy.operations.schema_only import SchemaOnly


class PerTable(SchemaOnly):
    """Run the `forwards` statements (and `backwards` to undo them) for each named model's table."""

    forwards: tuple[str, ...] = ()
    backwards: tuple[str, ...] = ()

    def __init__(self, *models_: str):
        self.models = models_

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, self.models, {}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(self.forwards, app_label, schema_editor, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(self.backwards, app_label, schema_editor, from_state)

    def _run(self, statements: tuple[str, ...], app_label: str, schema_editor: Any, state: Any) -> None:
        for name in self.models:
            table = state.apps.get_model(app_label, name)._meta.db_table
            for statement in statements:
                schema_editor.execute(statement.format(table=table))


class AppendOnly(PerTable):
    """Refuse UPDATE and DELETE by trigger (whoever asks) and take both rights from the application role."""

    forwards = (
        'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION oms_refuse_change()",
        'REVOKE UPDATE, DELETE ON "{table}" FROM oms_app',
    )
    backwards = ('DROP TRIGGER append_only ON "{table}"', 'GRANT UPDATE, DELETE ON "{table}" TO oms_app')
