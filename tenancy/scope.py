"""The scope: whose rows the current transaction may see.

Row-level security reads four transaction-local settings: `oms.tenant_id`, `oms.party_id` (set for outsiders
only), `oms.member_id` (who, for the audit trail) and `oms.user_id`. A fifth, `oms.reason`, is why, for the audit
trail. They are set here and nowhere else.
Session-level settings would leak between pooled connections, so every scope owns a transaction.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import connection, transaction


class NoTenant(RuntimeError):
    """Code that needs a tenant ran outside `tenant_scope`."""


@dataclass(frozen=True)
class Scope:
    tenant_id: int | None = None
    party_id: int | None = None
    member_id: int | None = None
    user_id: int | None = None
    reason: str = ""


NOBODY = Scope()
_scope: ContextVar[Scope] = ContextVar("oms_scope", default=NOBODY)

SET_SCOPE = """
SELECT set_config('oms.tenant_id', %s, true), set_config('oms.party_id', %s, true),
       set_config('oms.member_id', %s, true), set_config('oms.user_id', %s, true),
       set_config('oms.reason', %s, true)
"""


def current_scope() -> Scope:
    return _scope.get()


def current_tenant_id() -> int:
    """The tenant of the running scope; raises NoTenant outside one."""
    tenant_id = _scope.get().tenant_id
    if tenant_id is None:
        raise NoTenant("no tenant in scope: open tenant_scope() first")
    return tenant_id


def _text(value: int | None) -> str:
    return "" if value is None else str(int(value))


def _apply(scope: Scope) -> None:
    values = [_text(v) for v in (scope.tenant_id, scope.party_id, scope.member_id, scope.user_id)]
    with connection.cursor() as cursor:
        cursor.execute(SET_SCOPE, [*values, scope.reason])


@contextmanager
def open_scope(scope: Scope) -> Iterator[Scope]:
    """Run the block in one transaction as `scope`.

    Deferred constraints are checked before leaving, while the tenant is still set. Inside another transaction the
    previous scope is restored; on an outermost one the settings die with the transaction.
    """
    previous, nested = _scope.get(), connection.in_atomic_block
    token = _scope.set(scope)
    try:
        with transaction.atomic():
            _apply(scope)
            yield scope
            if transaction.get_rollback():
                return  # the settings go with the rolled back (sub)transaction
            check_deferred_constraints()
            if nested:
                _apply(previous)
    finally:
        _scope.reset(token)


def change_scope(scope: Scope) -> None:
    """Turn the running scope into another, until it ends: the middleware learns the tenant from the user."""
    _scope.set(scope)
    _apply(scope)


def state_reason(reason: str) -> None:
    """Say why, for the audit entries of the rest of the running scope; an empty text says nothing."""
    if reason != current_scope().reason:
        change_scope(replace(current_scope(), reason=reason))


def tenant_scope(
    tenant_id: int, *, party_id: int | None = None, member_id: int | None = None
) -> AbstractContextManager[Scope]:
    """The usual scope: one tenant; with `party_id` only that outsider's rows."""
    return open_scope(Scope(tenant_id=tenant_id, party_id=party_id, member_id=member_id))


def as_house() -> AbstractContextManager[Scope]:
    """The house acts for an outsider who was entitled to ask: the same tenant and member, without the party's limits.

    A dock that confirms its own shipment moves an order it may not see. Check the right and the rows asked for first,
    under the outsider's own scope; then do within this block what only the house may do.
    """
    scope = current_scope()
    return open_scope(replace(scope, party_id=None))


def check_deferred_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
