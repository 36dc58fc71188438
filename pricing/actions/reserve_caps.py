from collections.abc import Mapping

from pricing.agreements.caps import lines_written, run_guarded


def reserve_caps(*, wanted: Mapping[int, int]) -> dict[int, int]:
    """Reserve quantities on agreement lines, all or nothing each: granted is what was wanted, or 0.

    One lock and one guarded update; the lines are held until commit, so call it last. Lines without a cap are
    counted too.
    """
    written = lines_written(run_guarded("reserve_caps", wanted))
    return {line: quantity if line in written else 0 for line, quantity in wanted.items()}
