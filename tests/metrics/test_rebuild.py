import pytest

from metrics.actions import rebuild_snapshots as action
from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow, SnapshotRun
from metrics.snapshots.watermark import is_in_pieces
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW, TODAY
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import LAST, write_known_answer
from tests.metrics.snapshots import whole_snapshot


@pytest.fixture
def committed(transactional_db, aurora) -> Cast:
    """Aurora with the known answer twice, on two products, committed: other sessions see it."""
    with tenant_scope(aurora.pk):
        sell_to, a, b = make_sell_to(), make_end_buyer(), make_end_buyer()
        cast = Cast(aurora, sell_to, a, b, make_product())
        write_known_answer(cast)
        write_known_answer(Cast(aurora, sell_to, a, b, make_product()))
    return cast


def nightly(cast: Cast) -> SnapshotRun:
    with tenant_scope(cast.tenant.pk):
        return run_nightly(night=LAST, at=NOW)


def snapshot(cast: Cast):
    with tenant_scope(cast.tenant.pk):
        return whole_snapshot()


def test_a_rebuild_in_two_sessions_gives_the_same_cents(committed):
    nightly(committed)
    right = snapshot(committed)
    assert len(right[0]) == 16
    with tenant_scope(committed.tenant.pk):
        DailyFlow.objects.all().delete()
        BacklogPosition.objects.all().delete()
    run = rebuild_snapshots(tenant_id=committed.tenant.pk, night=TODAY, at=NOW, workers=2)
    assert run.is_reconciled
    assert (run.ledger_rows, run.flow_rows) == (16, 16)
    assert snapshot(committed) == right


def test_a_rebuild_that_breaks_off_is_made_good_by_the_next_nightly_run(committed, monkeypatch):
    nightly(committed)
    right = snapshot(committed)

    def fail(*, part, parts):
        raise ConnectionError("the server went away")

    with monkeypatch.context() as patch:
        patch.setattr(action, "rebuild_positions", fail)
        with pytest.raises(ConnectionError):
            rebuild_snapshots(tenant_id=committed.tenant.pk, night=TODAY, at=NOW, workers=2)
    with tenant_scope(committed.tenant.pk):
        assert is_in_pieces()
        assert not BacklogPosition.objects.exists()
    nightly(committed)
    assert snapshot(committed) == right
    with tenant_scope(committed.tenant.pk):
        assert not is_in_pieces()
