"""X12 text made by hand for the tests, independent of the writers under test."""

from collections.abc import Iterable

from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import Finding
from exchange.x12.interchange import Interchange, TransactionSet

ORDER = (
    "BEG*00*NE*PO-77**20260301",
    "PO1*1*10*EA*1.25*PE*BP*C-100*VP*V-100",
    "CTT*1*10",
)


def isa(version: str = "00401", control: str = "000000042", ending: str = ">~", repetition: str = "U") -> str:
    return (
        "ISA*00*          *00*          *01*SENDER         *ZZ*RECEIVER       "
        f"*260301*0915*{repetition}*{version}*{control}*0*P*{ending}"
    )


def envelope(*sets: tuple[str, tuple[str, ...]], group: str = "PO", join: str = "~", head: str = "") -> str:
    """An interchange of one group; each set is (number, segments between ST and SE). Control numbers 0001, 0002, ..."""
    lines = [f"GS*{group}*SND*RCV*20260301*0915*7*X*004010"]
    for number, (set_id, segments) in enumerate(sets, start=1):
        control = f"{number:04d}"
        lines += [f"ST*{set_id}*{control}", *segments, f"SE*{len(segments) + 2}*{control}"]
    lines += [f"GE*{len(sets)}*7", "IEA*1*000000042"]
    return (head or isa()) + "".join(line + join for line in lines)


def read(text: str | bytes) -> Interchange:
    data = text.encode() if isinstance(text, str) else text
    (interchange,) = read_interchanges(data).interchanges
    return interchange


def one_set(set_id: str, *segments: str) -> TransactionSet:
    return read(envelope((set_id, segments))).groups[0].sets[0]


def codes(found: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in found]
