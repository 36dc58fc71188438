"""The secret of an invitation link: who holds it may join. We keep its hash alone."""

import hashlib
import secrets

SEPARATOR = "-"


def new_secret(tenant_id: int) -> str:
    """It starts with the tenant, since nothing else can say in whose scope to look for its hash."""
    return f"{tenant_id}{SEPARATOR}{secrets.token_urlsafe(32)}"


def tenant_of(secret: str) -> int | None:
    number, separator, rest = secret.partition(SEPARATOR)
    if not (separator and rest and number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return int(number)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
