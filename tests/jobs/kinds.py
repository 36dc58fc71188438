"""The handlers of the tests, by name, for settings that are read before any model is."""

HANDLERS = {
    "mark": "tests.jobs.handlers.leave_mark",
    "slow_mark": "tests.jobs.handlers.leave_mark_slowly",
    "broken": "tests.jobs.handlers.break_down",
    "hopeless": "tests.jobs.handlers.give_up",
    "endless": "tests.jobs.handlers.never_end",
}
