"""The 997 functional acknowledgement: what became of each transaction set that a partner sent.

Codes from the X12 tables: element 720 (AK304), 723 (AK403), 718 (AK502), 716 (AK905).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from exchange.x12.elements import check_elements
from exchange.x12.findings import Finding, Severity
from exchange.x12.interchange import Group, Interchange, TransactionSet
from exchange.x12.sets import FUNCTIONAL_IDS, KNOWN_SETS
from exchange.x12.tree import parse_loops
from exchange.x12.writer import Envelope, OutgoingGroup, OutgoingSet, Row, write_interchange

ACCEPTED, ACCEPTED_WITH_ERRORS, PARTLY, REJECTED = "A", "E", "P", "R"

_SEGMENT_ERRORS = {
    "segment_unrecognised": "2",
    "segment_missing": "3",
    "segment_repeats": "5",
    "segment_out_of_order": "7",
}
_ELEMENT_ERRORS = {
    "element_missing": "1",
    "element_not_date": "8",
    "element_not_time": "9",
    "element_not_number": "6",
}
_SET_ERRORS = {"set_control_number": "3", "set_segment_count": "4", "set_control_repeated": "7"}
_GROUP_ERRORS = {"group_control_number": "4", "group_set_count": "5"}
_ELEMENT_ERROR_SEGMENT = "8"
_SET_UNSUPPORTED = "1"
_SEGMENTS_IN_ERROR = "5"
_RUBBISH = re.compile(r"[^A-Za-z0-9]", re.ASCII)

MOST_NOTES = 500
"""Notes for one set; a file that is wrong throughout is not answered with a bigger one."""

Rejected = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _SetAnswer:
    code: str
    rows: tuple[Row, ...]


def functional_acknowledgement(
    interchange: Interchange, envelope: Envelope, rejected: Rejected = frozenset()
) -> str | None:
    """The interchange of 997s that answers a received one: a 997 for each of its groups.

    `envelope` names us as sender and the partner as receiver. Sets with warnings are answered "accepted,
    errors noted"; those in `rejected`, as (group control number, set control number), and those of unknown
    kind are rejected. Acknowledgements are not acknowledged: None when the interchange holds nothing else.
    Raises X12Error when a control number that must be repeated cannot be written (missing, too long, or with
    one of our separators in it).
    """
    groups = [group for group in interchange.groups if group.functional_id != FUNCTIONAL_IDS["997"]]
    if not groups:
        return None
    sets = tuple(
        OutgoingSet("997", f"{number:04d}", tuple(_group_rows(group, rejected)))
        for number, group in enumerate(groups, start=1)
    )
    return write_interchange(envelope, [OutgoingGroup(FUNCTIONAL_IDS["997"], envelope.control_number, sets)])


def _group_rows(group: Group, rejected: Rejected) -> Iterable[Row]:
    yield ("AK1", group.functional_id, group.control_number)
    answers = []
    for transaction in group.sets:
        refuse = (group.control_number, transaction.control_number) in rejected
        answer = _answer(transaction, refuse=refuse)
        answers.append(answer)
        yield from answer.rows
    refused = sum(answer.code == REJECTED for answer in answers)
    received = len(answers)
    declared = received if group.declared_sets is None else group.declared_sets
    errors = sorted({_GROUP_ERRORS[finding.code] for finding in group.findings if finding.code in _GROUP_ERRORS})
    code = _group_code(answers, refused, errors)
    yield ("AK9", code, str(declared), str(received), str(received - refused), *errors[:5])


def _group_code(answers: list[_SetAnswer], refused: int, errors: list[str]) -> str:
    if refused:
        return REJECTED if refused == len(answers) else PARTLY
    noted = errors or any(answer.code == ACCEPTED_WITH_ERRORS for answer in answers)
    return ACCEPTED_WITH_ERRORS if noted else ACCEPTED


def _answer(transaction: TransactionSet, *, refuse: bool) -> _SetAnswer:
    head: Row = ("AK2", transaction.set_id, transaction.control_number)
    if transaction.set_id not in KNOWN_SETS:
        return _SetAnswer(REJECTED, (head, ("AK5", REJECTED, _SET_UNSUPPORTED)))
    findings = (*parse_loops(transaction).findings, *check_elements(transaction.segments))
    notes = list(_notes(transaction, findings))
    errors = sorted({_SET_ERRORS[finding.code] for finding in transaction.findings if finding.code in _SET_ERRORS})
    if notes:
        errors.append(_SEGMENTS_IN_ERROR)
    code = REJECTED if refuse else ACCEPTED_WITH_ERRORS if errors else ACCEPTED
    return _SetAnswer(code, (head, *notes[:MOST_NOTES], ("AK5", code, *errors[:5])))


def _notes(transaction: TransactionSet, findings: Iterable[Finding]) -> Iterable[Row]:
    by_segment: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.position is not None and finding.severity != Severity.INFO:
            by_segment.setdefault(transaction.number_in_set(finding.position), []).append(finding)
    for number, found in sorted(by_segment.items()):
        yield from _segment_notes(number, found)


def _segment_notes(number: int, found: list[Finding]) -> Iterable[Row]:
    elements = [finding for finding in found if finding.code in _ELEMENT_ERRORS and finding.element]
    errors = [_SEGMENT_ERRORS[finding.code] for finding in found if finding.code in _SEGMENT_ERRORS]
    if elements:
        errors.append(_ELEMENT_ERROR_SEGMENT)
    segment_id = found[0].position.segment_id if found[0].position else ""
    # The id may be rubbish, even our own separators, and an acknowledgement must still be writable.
    printable = _RUBBISH.sub("?", segment_id[:3]).ljust(2, "?")
    yield ("AK3", printable, str(number), "", *list(dict.fromkeys(errors))[:5])
    for finding in elements:
        yield ("AK4", str(finding.element), "", _ELEMENT_ERRORS[finding.code])
