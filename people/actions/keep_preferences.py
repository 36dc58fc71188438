from tenancy.models import Member


def keep_preferences(*, member: Member, name: str, single_key_shortcuts: bool) -> None:
    """One's own name, everywhere, and shortcuts, at this tenant."""
    member.user.name = name
    member.user.save(update_fields=["name"])
    member.single_key_shortcuts = single_key_shortcuts
    member.save(update_fields=["single_key_shortcuts"])
