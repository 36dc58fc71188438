class Unreadable(Exception):
    """The file as a whole cannot be read. `code` is for programs, the text is for the person who sent it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UnknownKind(LookupError):
    """No kind of file has this name."""
