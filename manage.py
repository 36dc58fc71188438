#!/usr/bin/env python
"""Django's command line, with the embedded servers started when no others are given."""

import os
import sys

from django.core.management import execute_from_command_line

from deploy.environment import IncompleteEnvironmentError, provide_servers
from deploy.instance import MAIN, TEST


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings.local")
    for_tests = os.environ["DJANGO_SETTINGS_MODULE"] == "oms.settings.test"
    try:
        provide_servers(TEST if for_tests else MAIN)
    except IncompleteEnvironmentError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
