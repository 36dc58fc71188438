"""Foreign keys that hold a row and what it names to one tenant: `(tenant_id, x_id)`."""

from typing import Any

from django.db import models

from tenancy.operations.schema_only import SchemaOnly


def is_tenant_model(model: Any) -> bool:
    return any(field.name == "tenant" for field in model._meta.local_fields)


def has_id(model: Any) -> bool:
    """A table whose rows are named by a key of their own, the tenant first, is nobody's foreign key."""
    return any(field.name == "id" for field in model._meta.local_fields)


class AddTenantKeys(SchemaOnly):
    """Composite keys for TenantKey columns that are added to a table already protected."""

    def __init__(self, model: str, *fields: str):
        self.model, self.fields = model, fields

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return type(self).__name__, (self.model, *self.fields), {}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for name in self.fields:
            schema_editor.execute(composite_key(model, model._meta.get_field(name)))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model)
        for name in self.fields:
            constraint = key_name(model, model._meta.get_field(name))
            schema_editor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{constraint}"')


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
