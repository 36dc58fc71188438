from collections.abc import Callable

# how many are done, of how many, and what is being done
Progress = Callable[[int, int | None, str], None]
