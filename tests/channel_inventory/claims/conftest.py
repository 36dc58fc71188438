import pytest

from tests.channel_inventory.claims.shop import Shop


@pytest.fixture
def shop(inside):
    return Shop()
