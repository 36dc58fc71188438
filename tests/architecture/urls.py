"""All addresses of the project, by name."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def named_patterns() -> dict[str, URLPattern]:
    return dict(_walk(get_resolver(), ()))


def tenant_names() -> set[str]:
    """Names of the addresses below `/<tenant slug>/`."""
    return {name for name, _ in _walk(_tenant_resolver(), ())}


def view_class(pattern: URLPattern) -> type | None:
    return getattr(pattern.callback, "view_class", None)


def _tenant_resolver() -> URLResolver:
    return next(
        found
        for found in get_resolver().url_patterns
        if isinstance(found, URLResolver) and str(found.pattern) == "<slug:tenant>/"
    )


def _walk(resolver: URLResolver, namespaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _walk(found, (*namespaces, found.namespace) if found.namespace else namespaces)
        else:
            yield ":".join((*namespaces, found.name or f"unnamed {found.pattern}")), found
