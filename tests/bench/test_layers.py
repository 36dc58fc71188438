"""The layers' measure takes what it says it takes, and leaves nothing behind."""

from channel_inventory.models import CostLayer, LayerConsumption
from oms.bench.bench import Bench
from oms.bench.database import World
from oms.bench.layers import measure
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to
from tests.factories.parties import make_sell_to
from tests.fixtures import TODAY


def test_as_many_lines_as_layers_take_nine_tenths_and_are_undone(inside):
    partner, product = make_sell_to(), make_product()
    for quantity in (10, 100, 1000):
        invoice_to(partner, product, quantity, "1.00")
    (result,) = measure(Bench(World("test", TODAY), inside, 1, lambda text: None))

    assert result.name == "layers"
    assert result.note.startswith("3 lines take ")
    assert result.value > 0
    assert result.limit > 0
    assert not CostLayer.objects.exists()
    assert not LayerConsumption.objects.exists()
