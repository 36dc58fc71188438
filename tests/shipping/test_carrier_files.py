"""Files of carriers."""

import pytest

from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from shipping.models import Carrier
from tests.exchange.files import codes, counts, take

pytestmark = pytest.mark.usefixtures("inside")
FILE = "code,name,services\nDHL,DHL Express,Worldwide | Economy\nUPS,UPS,\n"


def carriers():
    return {carrier.code: (carrier.name, carrier.services) for carrier in Carrier.objects.all()}


def test_carriers_come_with_their_services():
    assert counts(take("carriers", FILE)) == (2, 0, 0, 0)
    assert carriers() == {"DHL": ("DHL Express", ["Worldwide", "Economy"]), "UPS": ("UPS", [])}
    assert counts(take("carriers", "code,name\nDHL,DHL\n")) == (1, 0, 0, 0)
    assert carriers()["DHL"] == ("DHL", ["Worldwide", "Economy"])
    assert counts(take("carriers", "code,name,services\nDHL,DHL,\n")) == (1, 0, 0, 0)
    assert carriers()["DHL"] == ("DHL", [])


def test_a_carrier_needs_a_code_and_a_name_and_comes_once():
    batch = take("carriers", "code,name\n,Nobody\nX,\nY,One\nY,Two\n")
    assert codes(batch) == [(2, "code", "missing"), (3, "name", "missing"), (5, "code", "repeated_row")]
    assert carriers() == {"Y": ("One", [])}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_uploaded_again_changes_nothing(ending):
    take("carriers", FILE)
    assert counts(take("carriers", export_bytes(kind_named("carriers"), ending))) == (0, 0, 2, 0)
