from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: `people.views.accept` makes the accounts of those who were invited."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
