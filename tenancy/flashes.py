from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage


class Flashes(SessionStorage):
    """Messages in the session, which outlives the transaction: good news of rolled back work is taken back."""

    _queued_messages: list[Any]

    def take_back_successes(self) -> None:
        self._queued_messages = [message for message in self._queued_messages if message.level != messages.SUCCESS]
