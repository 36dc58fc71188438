import pytest


@pytest.fixture
def desk_client(client, world):
    client.force_login(world.by.user)
    return client
