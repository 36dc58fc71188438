"""Workers, poller and broker as programs of their own, for tests that kill them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.instance import Instance
from tests.jobs.processes import Broker, Programs, own_instance


@pytest.fixture
def instance() -> Iterator[Instance]:
    with own_instance() as instance:
        yield instance


@pytest.fixture
def broker(instance: Instance) -> Iterator[Broker]:
    broker = Broker(instance)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def programs(process_environment: dict[str, str], broker: Broker, tmp_path: Path) -> Iterator[Programs]:
    own = {"REDIS_URL": broker.url, "OMS_MEDIA_ROOT": str(tmp_path / "media")}
    programs = Programs({**process_environment, **own}, tmp_path)
    yield programs
    programs.stop()
