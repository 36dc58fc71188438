"""Asks the web process of this machine how it is: `python -m deploy.probe /readyz`. Exit code 0 is well."""

import http.client
import os
import sys

SECONDS = 8


def ask(path: str) -> int:
    """The HTTP status, asked the way the proxy in front would ask."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    finally:
        connection.close()


def main(arguments: list[str]) -> int:
    path = arguments[0] if arguments else "/healthz"
    try:
        status = ask(path)
    except OSError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 1
    print(f"{path}: {status}")
    return 0 if status == http.client.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
