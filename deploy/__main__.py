"""`python -m deploy setup|run|up|down`."""

import sys

from deploy.embedded.postgres import ServerDidNotStartError
from deploy.environment import IncompleteEnvironmentError
from deploy.runner import COMMANDS, CannotRunError


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Usage: python -m deploy {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]]()
    except (CannotRunError, IncompleteEnvironmentError, ServerDidNotStartError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
