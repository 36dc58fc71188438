"""Migration operations that put a table under the house rules: isolation, append-only, audit.

They are written once here so that a migration reads as a list of promises, and each promise is tested from
`pg_catalog`.
"""

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

TENANT = "(SELECT NULLIF(current_setting('oms.tenant_id', true), '')::bigint)"
PARTY = "(SELECT NULLIF(current_setting('oms.party_id', true), '')::bigint)"
USER = "(SELECT NULLIF(current_setting('oms.user_id', true), '')::bigint)"
# as a scalar sub-select it runs once per query, and the planner takes it for a coin toss: `party IS NULL` written
# plainly is estimated at half a per cent, which ruins the plans of everybody who is not an outsider
INSIDER = "(SELECT NULLIF(current_setting('oms.party_id', true), '') IS NULL)"

WRITES = ("insert", "update", "delete")


def is_tenant_model(model: Any) -> bool:
    return any(field.name == "tenant" for field in model._meta.local_fields)


def has_id(model: Any) -> bool:
    """A table whose rows are named by a key of their own, the tenant first, is nobody's foreign key."""
    return any(field.name == "id" for field in model._meta.local_fields)


class ProtectTables(Operation):
    """Row-level security, the `(tenant_id, id)` key and composite foreign keys for the named models.

    `outsiders` maps a model name to the SQL condition under which an outsider reaches a row (`{party}` is its party,
    `{user}` the signed-in user); models without one are closed to outsiders. `also_readable` widens reading only.
    """

    reversible = True
    reduces_to_sql = True

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

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows about changes."""

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


class LimitOutsiders(Operation):
    """What outsiders may do to the rows that they reach beside reading them: nothing, or the commands in `may`.

    `ProtectTables` says which rows. These policies are for one command each, so that reading is planned as before.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models_: str, may: tuple[str, ...] = ()):
        self.models, self.may = models_, may

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, self.models, {"may": self.may}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows about changes."""

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


class AddTenantKeys(Operation):
    """Composite keys for TenantKey columns that are added to a table already protected."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, *fields: str):
        self.model, self.fields = model, fields

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, (self.model, *self.fields), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows about changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for name in self.fields:
            schema_editor.execute(composite_key(model, model._meta.get_field(name)))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model)
        for name in self.fields:
            constraint = key_name(model, model._meta.get_field(name))
            schema_editor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{constraint}"')


class PerTable(Operation):
    """Run the `forwards` statements (and `backwards` to undo them) for each named model's table."""

    reversible = True
    reduces_to_sql = True
    forwards: tuple[str, ...] = ()
    backwards: tuple[str, ...] = ()

    def __init__(self, *models_: str):
        self.models = models_

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, self.models, {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows about changes."""

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


class AuditedPart(Operation):
    """Let the audit trail of `model`, which is `Audited`, say whose part a row is: the key in the column `of`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, *, of: str):
        self.model, self.of = model, of

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, (self.model,), {"of": self.of}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows about changes."""

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


def unique_key(model: Any) -> str:
    table = model._meta.db_table
    return f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_id_key" UNIQUE (tenant_id, id)'


def tenant_keys(model: Any) -> list[models.ForeignKey]:
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.name != "tenant" and is_tenant_model(field.related_model)
    ]


def key_name(model: Any, field: models.ForeignKey) -> str:
    return f"{model._meta.db_table}_{field.column}_tenant_fk"[:63]


def composite_key(model: Any, field: models.ForeignKey) -> str:
    return (
        f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{key_name(model, field)}" '
        f'FOREIGN KEY (tenant_id, "{field.column}") REFERENCES "{field.related_model._meta.db_table}" (tenant_id, id)'
    )
