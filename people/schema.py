"""What the tables and columns of the audit trail are, as the models declare them."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, Model


@cache
def models_by_table() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


@cache
def columns_of(table: str) -> "dict[str, Field[Any, Any]]":
    """The columns of a table by name, in the order of the model; none of a table that is not ours any more."""
    model = models_by_table().get(table)
    return {field.column: field for field in model._meta.concrete_fields if field.column} if model else {}


def table_words(table: str) -> str:
    """What a row of the table is called."""
    model = models_by_table().get(table)
    return str(model._meta.verbose_name) if model else table.partition("_")[2].replace("_", " ") or table


def column_words(table: str, column: str) -> str:
    field = columns_of(table).get(column)
    return str(field.verbose_name) if field else column.removesuffix("_id").replace("_", " ")


@cache
def places_in(table: str) -> dict[str, int]:
    return {column: place for place, column in enumerate(columns_of(table))}
