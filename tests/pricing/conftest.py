import pytest

from tests.pricing.world import Walk, make_walk


@pytest.fixture
def walk(inside) -> Walk:
    return make_walk()
