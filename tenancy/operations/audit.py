"""Tables whose changes go into the audit trail."""

from typing import Any

from tenancy.operations.per_table import PerTable
from tenancy.operations.schema_only import SchemaOnly


class Audited(PerTable):
    """Write who, when, before and after of every change to the audit trail, one statement at a time."""

    forwards = (
        'CREATE TRIGGER audit_insert AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS new_rows '
        "FOR EACH STATEMENT EXECUTE FUNCTION oms_audit()",
        'CREATE TRIGGER audit_update AFTER UPDATE ON "{table}" REFERENCING OLD TABLE AS old_rows '
        "NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION oms_audit()",
        'CREATE TRIGGER audit_delete AFTER DELETE ON "{table}" REFERENCING OLD TABLE AS old_rows '
        "FOR EACH STATEMENT EXECUTE FUNCTION oms_audit()",
    )
    backwards = tuple(f'DROP TRIGGER audit_{verb} ON "{{table}}"' for verb in ("insert", "update", "delete"))


class AuditedDecisions(PerTable):
    """Audited, but for new rows: they come in by thousands with files, and say themselves where they come from."""

    forwards, backwards = Audited.forwards[1:], Audited.backwards[1:]


class AuditedPart(SchemaOnly):
    """Let the audit trail of `model`, which is `Audited`, say whose part a row is: the key in the column `of`."""

    def __init__(self, model: str, *, of: str):
        self.model, self.of = model, of

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, (self.model,), {"of": self.of}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        self._replace(model, schema_editor, model._meta.get_field(self.of).column)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._replace(from_state.apps.get_model(app_label, self.model), schema_editor, "")

    def _replace(self, model: Any, schema_editor: Any, column: str) -> None:
        given = f"'{column}'" if column else ""
        for statement in (*Audited.backwards, *Audited.forwards):
            written = statement.replace("oms_audit()", f"oms_audit({given})").format(table=model._meta.db_table)
            schema_editor.execute(written)
