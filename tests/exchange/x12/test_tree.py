import pytest

from exchange.x12.findings import X12Error
from exchange.x12.sets.language import parse_set
from exchange.x12.tree import LoopNode, Tree, parse_loops
from tests.exchange.x12.texts import ORDER, codes, one_set


def shape(node: LoopNode) -> str:
    """Segments by id, loops in brackets: `BEG [N1 N3] [PO1 [PID]]`."""
    return " ".join(f"[{shape(child)}]" if isinstance(child, LoopNode) else child.id for child in node.children)


def tree(*segments: str, set_id: str = "850") -> Tree:
    return parse_loops(one_set(set_id, *segments))


def test_loops_nest_as_the_table_says():
    result = tree(
        "BEG*00*NE*1**20260301", "REF*CT*1", "N1*BY*A", "N3*Street", "PER*IC*B", "N1*ST*C", "PO1*1*2*EA", "PID*F",
        "DTM*002*20260401", "SCH*1*EA***002*20260401", "TD5*O", "N1*EN*D", "N4*Oslo", "PO1*2*3*EA", "CTT*2", "AMT*TT*9",
    )  # fmt: skip
    assert shape(result.root) == ("BEG REF [N1 N3 PER] [N1] [PO1 [PID] DTM [SCH TD5] [N1 N4]] [PO1] [CTT AMT]")
    assert result.findings == ()


def test_the_innermost_loop_with_the_segment_still_ahead_takes_it():
    # REF may follow SCH within its loop, so the second one belongs there and not to the line.
    assert shape(tree(ORDER[0], "PO1*1", "REF*AA*1", "SCH*1*EA***002*20260401", "REF*BB*2").root) == (
        "BEG [PO1 REF [SCH REF]]"
    )


def test_a_segment_that_comes_late_is_taken_and_reported():
    result = tree(ORDER[0], "N1*BY*A", "DTM*002*20260401", "N1*ST*B", "PO1*1", set_id="850")
    assert shape(result.root) == "BEG [N1] DTM [N1] [PO1]"
    assert codes(result.findings) == ["segment_out_of_order"]


def test_unknown_segments_are_kept_where_they_stood():
    result = tree(ORDER[0], "N1*BY*A", "ZZZ*1", "N3*Street", "PO1*1", "QQQ*2")
    assert shape(result.root) == "BEG [N1 ZZZ N3] [PO1 QQQ]"
    assert [segment.id for segment in result.unrecognised] == ["ZZZ", "QQQ"]
    assert codes(result.findings) == ["segment_unrecognised", "segment_unrecognised"]
    assert [segment.id for segment in result.root.walk()] == ["BEG", "N1", "ZZZ", "N3", "PO1", "QQQ"]


def test_required_segments_that_are_missing():
    assert codes(tree("CUR*BY*USD").findings) == ["segment_missing", "segment_missing"]
    assert codes(tree(ORDER[0], ORDER[1], "LM*10").findings) == ["segment_missing"]


def test_too_many_of_a_segment_are_taken_and_reported_once():
    result = tree(*ORDER[:1], *["PER*IC*A"] * 6, ORDER[1])
    assert shape(result.root) == "BEG PER PER PER PER PER PER [PO1]"
    assert codes(result.findings) == ["segment_repeats"]


def test_bounded_loops_end_at_their_le():
    result = tree(
        "W05*N*1", "N1*ST*A", "LX*1", "W01*1*EA**VP*P", "LS*10", "LX*1", "N9*SE*7", "LX*2", "LE*10", "LX*2", "W01*2*EA",
        set_id="940",
    )  # fmt: skip
    assert shape(result.root) == "W05 [N1] [LX [W01 [LS [LX N9] [LX] LE]]] [LX [W01]]"
    assert result.findings == ()


def test_a_table_of_ones_own_can_be_used():
    table = parse_set("850", "AAA!\nBBB *: CCC")
    result = parse_loops(one_set("850", "AAA*1", "BBB*1", "CCC*1", "BBB*2"), table)
    assert shape(result.root) == "AAA [BBB CCC] [BBB]"


def test_a_set_without_table_is_refused():
    with pytest.raises(X12Error) as caught:
        parse_loops(one_set("999", "AAA*1"))
    assert caught.value.code == "set_unknown"


def test_nodes_answer_for_their_own_segments_only():
    root = tree(ORDER[0], "REF*CT*1", "N1*BY*A", "REF*DP*2", "PO1*1", "REF*AA*3").root
    assert [segment.get(1) for segment in root.segments("REF")] == ["CT"]
    assert [loop.head.get(1) for loop in root.loops("N1")] == ["BY"]
    assert root.first("CUR") is None
