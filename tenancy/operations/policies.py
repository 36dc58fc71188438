"""Row-level security: who reaches which rows of a table."""

from typing import Any

from tenancy.operations.keys import composite_key, has_id, tenant_keys, unique_key
from tenancy.operations.schema_only import SchemaOnly

TENANT = "(SELECT NULLIF(current_setting('oms.tenant_id', true), '')::bigint)"
PARTY = "(SELECT NULLIF(current_setting('oms.party_id', true), '')::bigint)"
USER = "(SELECT NULLIF(current_setting('oms.user_id', true), '')::bigint)"
# as a scalar sub-select it runs once per query, and the planner takes it for a coin toss: `party IS NULL` written
# plainly is estimated at half a per cent, which ruins the plans of everybody who is not an outsider
INSIDER = "(SELECT NULLIF(current_setting('oms.party_id', true), '') IS NULL)"
WRITES = ("insert", "update", "delete")


class ProtectTables(SchemaOnly):
    """Row-level security, the `(tenant_id, id)` key and composite foreign keys for the named models.

    `outsiders` maps a model name to the SQL condition under which an outsider reaches a row (`{party}` is its party,
    `{user}` the signed-in user); models without one are closed to outsiders. `also_readable` widens reading only.
    """

    def __init__(
        self,
        *models_: str,
        outsiders: dict[str, str] | None = None,
        also_readable: dict[str, str] | None = None,
    ):
        self.models = models_
        self.outsiders = outsiders or {}
        self.also_readable = also_readable or {}

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return (
            type(self).__name__,
            self.models,
            {"outsiders": self.outsiders, "also_readable": self.also_readable},
        )

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        found = [to_state.apps.get_model(app_label, name) for name in self.models]
        for model in found:
            if has_id(model):
                schema_editor.execute(unique_key(model))
        for model in found:
            for statement in self._statements(model):
                schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in reversed(self.models):
            table = from_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(f'DROP POLICY IF EXISTS tenant_only ON "{table}"')
            schema_editor.execute(f'DROP POLICY IF EXISTS tenant_read ON "{table}"')
            schema_editor.execute(f'DROP POLICY IF EXISTS outsider_only ON "{table}"')
            schema_editor.execute(f'DROP POLICY IF EXISTS owner_all ON "{table}"')
            schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
            schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{table}_tenant_id_key" CASCADE')

    def describe(self) -> str:
        return f"Protect {', '.join(self.models)}"

    def _statements(self, model: Any) -> list[str]:
        table, name = model._meta.db_table, model.__name__
        rule = self.outsiders.get(name, "false").format(party=PARTY, user=USER)
        statements = [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY owner_all ON "{table}" TO oms_owner USING (true) WITH CHECK (true)',
            f'CREATE POLICY tenant_only ON "{table}" TO oms_app '
            f"USING (tenant_id = {TENANT}) WITH CHECK (tenant_id = {TENANT})",
            f'CREATE POLICY outsider_only ON "{table}" AS RESTRICTIVE TO oms_app '
            f"USING ({INSIDER} OR ({rule})) WITH CHECK ({INSIDER} OR ({rule}))",
        ]
        if name in self.also_readable:
            wider = self.also_readable[name].format(party=PARTY, user=USER)
            statements.append(f'CREATE POLICY tenant_read ON "{table}" FOR SELECT TO oms_app USING ({wider})')
        return statements + [composite_key(model, field) for field in tenant_keys(model)]


class LimitOutsiders(SchemaOnly):
    """What outsiders may do to the rows that they reach beside reading them: nothing, or the commands in `may`.

    `ProtectTables` says which rows. These policies are for one command each, so that reading is planned as before.
    """

    def __init__(self, *models_: str, may: tuple[str, ...] = ()):
        self.models, self.may = models_, may

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, self.models, {"may": self.may}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self._tables(app_label, to_state):
            for command in self._refused():
                clause = "WITH CHECK" if command == "insert" else "USING"
                schema_editor.execute(
                    f'CREATE POLICY outsider_{command} ON "{table}" AS RESTRICTIVE FOR {command.upper()} TO oms_app '
                    f"{clause} ({INSIDER})"
                )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self._tables(app_label, from_state):
            for command in self._refused():
                schema_editor.execute(f'DROP POLICY outsider_{command} ON "{table}"')

    def _tables(self, app_label: str, state: Any) -> list[str]:
        return [state.apps.get_model(app_label, name)._meta.db_table for name in self.models]

    def _refused(self) -> list[str]:
        return [command for command in WRITES if command not in self.may]
