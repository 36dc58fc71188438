"""All measures, in the order they are taken: those that write orders come last."""

from collections.abc import Callable

from oms.bench import (
    certify,
    delivery,
    enter_and_book,
    layers,
    liability,
    nightly_day,
    order_list,
    pages,
    pdf,
    pos_import,
    price_batch,
    price_one,
    rebuild,
    redate,
    search,
    terms_batch,
)
from oms.bench.bench import Bench
from oms.bench.result import Result

MEASURES: dict[str, Callable[[Bench], list[Result]]] = {
    "order_list": order_list.measure,
    "pages": pages.measure,
    "search": search.measure,
    "price_one": price_one.measure,
    "price_batch": price_batch.measure,
    "terms_batch": terms_batch.measure,
    "rebuild": rebuild.measure,
    "nightly_day": nightly_day.measure,
    "delivery": delivery.measure,
    "liability": liability.measure,
    "pdf": pdf.measure,
    "pos_import": pos_import.measure,
    "certify": certify.measure,
    "redate": redate.measure,
    "layers": layers.measure,
    "enter_and_book": enter_and_book.measure,
}
