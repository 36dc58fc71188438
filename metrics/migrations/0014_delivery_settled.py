"""The functions of delivery performance, in parts: what is known of a schedule, its class, and what is settled.

`metrics_delivery_known` tells of each schedule what it was by a day, and `metrics_delivery_live` classes that, one row a
schedule with a class on each basis (none where its date lies outside of the days asked for). Both have a second form
that begins with the schedules of which the outcomes cannot tell as of the day: `…_open`. `metrics_delivery_settled` is
what the outcomes can tell. `metrics_delivered` puts the two together, or is `metrics_delivery_live` alone when there is
no instant since when the ledger is to be asked; `metrics_delivered_by_basis` is the same with a row for each basis.
"""

from importlib import import_module

from django.db import migrations

DAYS = "p_tenant bigint, p_as_of date, p_first date, p_last date"
WHOSE = "p_sell_tos bigint[], p_end_buyers bigint[], p_products bigint[], p_sites bigint[]"
CALENDARS = "p_origin date, p_countries text[], p_counted text[], p_business text[]"
LANES = "p_lane_sites bigint[], p_lane_countries text[], p_lane_days integer[]"
SINCE = "p_since timestamptz"
ORDERS = "p_orders bigint[]"

KNOWN = """
    schedule_id bigint, order_id bigint, line_id bigint, schedule_no integer, named_end_buyer_id bigint,
    sell_to_id bigint, end_buyer_id bigint, product_id bigint, family_id bigint, site_id bigint, is_outside boolean,
    is_dock boolean, country text, early_days integer, late_days integer, open_qty bigint, shipped_qty bigint,
    request_date date, first_commit date, current_commit date, closed_on date, ended_on date, is_converted boolean,
    reached_on date, moves integer, slip_days integer, supplier_moves integer, customer_moves integer
"""
CLASSED = """
    schedule_id bigint, order_id bigint, line_id bigint, sell_to_id bigint, end_buyer_id bigint, product_id bigint,
    family_id bigint, site_id bigint, quantity bigint, open_qty bigint, request_date date, first_commit date,
    current_commit date, is_converted boolean, moves integer, slip_days integer, supplier_moves integer,
    customer_moves integer, request_outcome text, request_actual date, request_off integer, first_outcome text,
    first_actual date, first_off integer, current_outcome text, current_actual date, current_off integer
"""
BY_BASIS = """
    schedule_id bigint, order_id bigint, line_id bigint, sell_to_id bigint, end_buyer_id bigint, product_id bigint,
    family_id bigint, site_id bigint, basis text, due_on date, outcome text, quantity bigint, open_qty bigint,
    request_date date, first_commit date, current_commit date, actual date, days_late integer, is_converted boolean,
    moves integer
"""
# the start of a column's name, and the date that counts
BASES = (("request", "request_date"), ("first", "first_commit"), ("current", "current_commit"))

SURVIVORS = """
survivors AS (
    SELECT id AS lost_id, merged_into_id AS id
    FROM parties_party
    WHERE tenant_id = p_tenant AND merged_into_id IS NOT NULL
    UNION
    SELECT s.lost_id, p.merged_into_id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = p_tenant
    WHERE p.merged_into_id IS NOT NULL
),
final AS (
    SELECT s.lost_id, s.id
    FROM survivors s
    JOIN parties_party p ON p.id = s.id AND p.tenant_id = p_tenant AND p.merged_into_id IS NULL
)
"""
CALENDAR = """
-- of each country: how many business days there are from the origin up to a day, and which day is the n-th of them
calendar AS MATERIALIZED (
    SELECT c.country, c.counted::integer[] AS counted, c.business::date[] AS business
    FROM unnest(p_countries, p_counted, p_business) AS c (country, counted, business)
)
"""
# an order of which anything was recorded: on it a sell-to, a line or a schedule may be another one now
TOUCHED = """
touched AS (
    SELECT DISTINCT l.order_id
    FROM orders_orderledger l
    WHERE l.tenant_id = p_tenant AND l.recorded_at > p_since
)
"""
# arrivals are written down later than shipments, and corrected, without a row of the ledger
DOCKED = """
docked AS (
    SELECT t.schedule_id
    FROM metrics_deliveryoutcome t
    JOIN orders_schedule s ON s.tenant_id = p_tenant AND s.id = t.schedule_id
    WHERE t.tenant_id = p_tenant AND t.is_dock AND t.actual IS DISTINCT FROM s.delivery_date
)
"""
OPEN = f"""
{TOUCHED},
{DOCKED},
open AS (
    SELECT t.schedule_id FROM metrics_deliveryoutcome t WHERE t.tenant_id = p_tenant AND t.settled_on > p_as_of
    UNION
    SELECT s.id
    FROM touched w
    JOIN orders_schedule s ON s.tenant_id = p_tenant AND s.order_id = w.order_id
    UNION
    SELECT schedule_id FROM docked
),
chosen AS MATERIALIZED (
    SELECT s.*
    FROM open w
    JOIN orders_schedule s ON s.tenant_id = p_tenant AND s.id = w.schedule_id
),
-- with the parents, whose moves their children inherit
wanted AS (
    SELECT id, split_from_id FROM chosen
    UNION
    SELECT s.id, s.split_from_id
    FROM wanted w
    JOIN orders_schedule s ON s.tenant_id = p_tenant AND s.id = w.split_from_id
    WHERE w.split_from_id IS NOT NULL
)
"""
OF_WANTED = "AND l.schedule_id IN (SELECT w.id FROM wanted w)"


def known(*, is_open: bool) -> str:
    """The statement that tells what schedules were by a day; `is_open`: only those that no outcome can tell."""
    chosen, wanted = (OPEN + ",", OF_WANTED) if is_open else ("", "")
    source = "chosen" if is_open else "orders_schedule"
    orders = "" if is_open else "AND (p_orders IS NULL OR s.order_id = ANY(p_orders))"
    return f"""
WITH RECURSIVE {chosen}
{SURVIVORS},
lane AS MATERIALIZED (
    SELECT n.site_id, n.country, n.days
    FROM unnest(p_lane_sites, p_lane_countries, p_lane_days) AS n (site_id, country, days)
),
-- what happened after the day, to be taken back
later AS (
    SELECT
        l.schedule_id,
        coalesce(sum(l.quantity_delta) FILTER (
            WHERE l.verb NOT IN ('invoiced', 'credited', 'transferred')
        ), 0)::bigint AS open_change,
        coalesce(-sum(l.quantity_delta) FILTER (WHERE l.verb IN ('shipped', 'unshipped')), 0)::bigint AS shipped_change,
        bool_or(l.verb IN ('shipped', 'unshipped')) AS has_shipped,
        bool_or(l.verb = 'commit_set') AS is_promised,
        (array_agg(l.from_date ORDER BY l.event_date, l.recorded_at, l.id) FILTER (
            WHERE l.verb = 'request_moved'
        ))[1] AS request_date,
        (array_agg(l.from_date ORDER BY l.event_date, l.recorded_at, l.id) FILTER (
            WHERE l.verb = 'commit_moved'
        ))[1] AS commit_date
    FROM orders_orderledger l
    WHERE l.tenant_id = p_tenant AND l.business_date > p_as_of AND l.event_date > p_as_of
    GROUP BY l.schedule_id
),
-- from the index ledger_of_schedule alone
told AS MATERIALIZED (
    SELECT
        l.schedule_id, l.verb, l.event_date, l.recorded_at, l.from_date, l.to_date, l.days, l.initiator, l.open_qty
    FROM orders_orderledger l
    WHERE l.tenant_id = p_tenant
        AND l.verb IN ('cancelled', 'commit_moved', 'qty_decreased', 'split')
        {wanted}
),
-- when the last that was open was cancelled
closed AS (
    SELECT l.schedule_id, max(l.event_date) AS closed_on
    FROM told l
    WHERE l.verb IN ('cancelled', 'qty_decreased') AND l.open_qty = 0 AND l.event_date <= p_as_of
    GROUP BY l.schedule_id
),
-- children of a split, with the moment they came to be: what their parent had promised until then is theirs
born AS (
    SELECT DISTINCT ON (l.schedule_id) l.schedule_id, s.split_from_id AS parent_id, l.event_date, l.recorded_at
    FROM told l
    JOIN orders_schedule s ON s.tenant_id = p_tenant AND s.id = l.schedule_id AND s.split_from_id IS NOT NULL
    WHERE l.verb = 'split'
    ORDER BY l.schedule_id, l.event_date, l.recorded_at
),
kin AS (
    SELECT schedule_id, parent_id, event_date, recorded_at FROM born
    UNION ALL
    SELECT k.schedule_id, b.parent_id, b.event_date, b.recorded_at
    FROM kin k
    JOIN born b ON b.schedule_id = k.parent_id
),
recommits AS (
    SELECT l.schedule_id, l.event_date, l.recorded_at, l.from_date, l.to_date, l.days, l.initiator
    FROM told l
    WHERE l.verb = 'commit_moved' AND l.event_date <= p_as_of
),
-- a promise stands once its own day has passed: the first move that came after that day leaves the miss
moved AS (
    SELECT
        r.schedule_id,
        count(*)::integer AS moves,
        sum(r.days)::integer AS slip_days,
        count(*) FILTER (WHERE r.initiator = 'supplier')::integer AS supplier_moves,
        count(*) FILTER (WHERE r.initiator = 'customer')::integer AS customer_moves,
        (array_agg(r.from_date ORDER BY r.event_date, r.recorded_at, r.to_date) FILTER (
            WHERE r.event_date > r.from_date
        ))[1] AS missed
    FROM (
        SELECT * FROM recommits
        UNION ALL
        SELECT k.schedule_id, m.event_date, m.recorded_at, m.from_date, m.to_date, m.days, m.initiator
        FROM kin k
        JOIN recommits m
            ON m.schedule_id = k.parent_id AND (m.event_date, m.recorded_at) <= (k.event_date, k.recorded_at)
    ) r
    GROUP BY r.schedule_id
),
facts AS (
    SELECT
        s.id AS schedule_id, s.order_id, s.line_id, s.number AS schedule_no,
        coalesce(n.end_buyer_id, 0) AS named_end_buyer_id, coalesce(t.id, o.sell_to_id) AS sell_to_id, coalesce(e.id, n.end_buyer_id, 0) AS end_buyer_id,
        n.product_id, p.family_id, coalesce(n.ship_from_id, 0) AS site_id,
        o.order_type IN ('blanket', 'sample') AS is_outside,
        s.date_basis = 'dock' AS is_dock,
        coalesce(CASE WHEN s.date_basis = 'dock' THEN target.country ELSE site.country END, '')::text AS country,
        target.country AS target_country,
        b.early_days::integer AS early_days, b.late_days::integer AS late_days,
        s.open_qty - coalesce(a.open_change, 0) AS open_qty,
        s.shipped_qty - coalesce(a.shipped_change, 0) AS shipped_qty,
        coalesce(a.request_date, s.request_date) AS request_date,
        CASE WHEN a.is_promised IS NOT TRUE THEN s.first_commit END AS first_commit,
        CASE WHEN a.is_promised IS NOT TRUE THEN coalesce(m.missed, a.commit_date, s.current_commit) END
            AS current_commit,
        CASE WHEN a.has_shipped THEN (
            SELECT max(d.event_date)
            FROM orders_orderledger d
            WHERE d.tenant_id = p_tenant AND d.order_id = s.order_id AND d.schedule_id = s.id
                AND d.verb = 'shipped' AND d.event_date <= p_as_of
        ) ELSE s.ship_date END AS ship_date,
        s.delivery_date, c.closed_on,
        coalesce(m.moves, 0) AS moves, coalesce(m.slip_days, 0) AS slip_days,
        coalesce(m.supplier_moves, 0) AS supplier_moves, coalesce(m.customer_moves, 0) AS customer_moves
    FROM {source} s
    JOIN orders_order o ON o.tenant_id = p_tenant AND o.id = s.order_id
    JOIN orders_orderline n ON n.tenant_id = p_tenant AND n.id = s.line_id
    JOIN catalog_product p ON p.tenant_id = p_tenant AND p.id = n.product_id
    LEFT JOIN final t ON t.lost_id = o.sell_to_id
    LEFT JOIN final e ON e.lost_id = n.end_buyer_id
    JOIN parties_party b ON b.tenant_id = p_tenant AND b.id = coalesce(t.id, o.sell_to_id)
    LEFT JOIN parties_location site ON site.tenant_id = p_tenant AND site.id = n.ship_from_id
    LEFT JOIN parties_location target ON target.tenant_id = p_tenant AND target.id = n.ship_to_id
    LEFT JOIN later a ON a.schedule_id = s.id
    LEFT JOIN moved m ON m.schedule_id = s.id
    LEFT JOIN closed c ON c.schedule_id = s.id
    WHERE s.tenant_id = p_tenant
        -- whatever can fall into the days, told by the scan itself: before all the joins
        AND (
            s.request_date BETWEEN p_first AND p_last
            OR s.first_commit BETWEEN p_first AND p_last
            OR s.current_commit BETWEEN p_first AND p_last
            OR s.id IN (SELECT w.schedule_id FROM moved w WHERE w.missed BETWEEN p_first AND p_last)
            OR s.id IN (
                SELECT w.schedule_id
                FROM later w
                WHERE w.request_date BETWEEN p_first AND p_last OR w.commit_date BETWEEN p_first AND p_last
            )
        )
        {orders}
        AND (p_sell_tos IS NULL OR o.sell_to_id = ANY(p_sell_tos))
        AND (p_end_buyers IS NULL OR coalesce(n.end_buyer_id, 0) = ANY(p_end_buyers))
        AND (p_products IS NULL OR n.product_id = ANY(p_products))
        AND (p_sites IS NULL OR coalesce(n.ship_from_id, 0) = ANY(p_sites))
    OFFSET 0
)
-- `reached_on` is the shipment that completed it, in the meaning of its dates
SELECT
    f.schedule_id, f.order_id, f.line_id, f.schedule_no, f.named_end_buyer_id, f.sell_to_id, f.end_buyer_id, f.product_id, f.family_id, f.site_id, f.is_outside, f.is_dock, f.country, f.early_days, f.late_days,
    f.open_qty, f.shipped_qty, f.request_date, f.first_commit, f.current_commit, f.closed_on,
    CASE WHEN f.open_qty = 0 AND (f.shipped_qty = 0 OR f.closed_on >= f.ship_date) THEN f.closed_on END,
    f.is_dock AND f.open_qty = 0 AND f.shipped_qty > 0
        AND (f.delivery_date IS NULL OR f.delivery_date < f.ship_date),
    CASE
        WHEN f.open_qty > 0 OR f.shipped_qty = 0 THEN NULL
        WHEN NOT f.is_dock THEN f.ship_date
        WHEN f.delivery_date >= f.ship_date THEN f.delivery_date
        ELSE f.ship_date + coalesce(lane.days, 0)
    END,
    f.moves, f.slip_days, f.supplier_moves, f.customer_moves
FROM facts f
LEFT JOIN lane ON f.is_dock AND lane.site_id = f.site_id AND lane.country = f.target_country
OFFSET 0
"""


def due(name: str, day: str) -> str:
    """What was cancelled when it was due already was never delivered in full."""
    return f"""
        CASE WHEN k.reached_on <= p_as_of AND (k.ended_on IS NULL OR k.ended_on < coalesce(k.{day}, k.request_date))
            THEN k.reached_on END AS {name}_actual,
        coalesce(k.{day}, k.request_date) AS {name}_due"""


def outcome(name: str, day: str) -> str:
    """Class, shipment and business days off of one basis."""
    actual, on = f"d.{name}_actual", f"d.{name}_due"
    return f"""
    CASE
        WHEN {on} NOT BETWEEN p_first AND p_last THEN NULL
        WHEN d.is_outside OR (d.shipped_qty = 0 AND d.ended_on < {on}) THEN 'excluded'
        WHEN d.{day} IS NULL THEN 'uncommitted'
        WHEN {actual} < CASE
            WHEN d.early_days = 0 THEN {on}
            ELSE c.business[c.counted[{on} - p_origin - 1] - d.early_days + 1]
        END THEN 'too_early'
        WHEN coalesce({actual}, p_as_of) > CASE
            WHEN d.late_days = 0 THEN {on}
            ELSE c.business[c.counted[{on} - p_origin] + d.late_days]
        END THEN 'late'
        WHEN {actual} IS NULL THEN 'pending'
        ELSE 'on_time'
    END,
    {actual}, c.counted[coalesce({actual}, p_as_of) - p_origin] - c.counted[{on} - p_origin]"""


def classed(source: str) -> str:
    """The statement that classes what `source` tells."""
    return f"""
WITH {CALENDAR},
due AS (
    SELECT
        k.*,
        {",".join(due(name, day) for name, day in BASES)}
    FROM {source} k
    -- booked by then
    WHERE k.open_qty > 0 OR k.shipped_qty > 0 OR k.closed_on IS NOT NULL
    OFFSET 0
)
SELECT
    d.schedule_id, d.order_id, d.line_id, d.sell_to_id, d.end_buyer_id, d.product_id, d.family_id, d.site_id,
    d.open_qty + d.shipped_qty, d.open_qty, d.request_date, d.first_commit, d.current_commit, d.is_converted, d.moves,
    d.slip_days, d.supplier_moves, d.customer_moves,
    {",".join(outcome(name, day) for name, day in BASES)}
FROM due d
LEFT JOIN calendar c ON c.country = d.country
OFFSET 0
"""


def settled(name: str, day: str) -> str:
    return f"""
    CASE
        WHEN coalesce(t.{day}, t.request_date) NOT BETWEEN p_first AND p_last THEN NULL
        WHEN t.is_excluded THEN 'excluded'
        WHEN t.{day} IS NULL THEN 'uncommitted'
        WHEN t.{name}_need < -s.early_days THEN 'too_early'
        WHEN t.{name}_need > s.late_days THEN 'late'
        ELSE 'on_time'
    END,
    t.actual, coalesce(t.{name}_off, t.request_off)::integer"""


ASKED = "p_tenant, p_as_of, p_first, p_last, p_sell_tos, p_end_buyers, p_products, p_sites"
BY_LANES = "p_lane_sites, p_lane_countries, p_lane_days"
BY_DAYS = "p_origin, p_countries, p_counted, p_business"

# the window is the customer's of today; the shipment took `need` business days of it
SETTLED = f"""
WITH RECURSIVE {TOUCHED},
{DOCKED},
{SURVIVORS},
seller AS MATERIALIZED (
    SELECT p.id AS named_id, w.id, w.early_days, w.late_days
    FROM parties_party p
    LEFT JOIN final f ON f.lost_id = p.id
    JOIN parties_party w ON w.tenant_id = p_tenant AND w.id = coalesce(f.id, p.id)
    WHERE p.tenant_id = p_tenant
)
SELECT
    t.schedule_id, t.order_id, t.line_id, s.id, coalesce(e.id, t.end_buyer_id), t.product_id, p.family_id, t.site_id,
    t.quantity, 0::bigint, t.request_date, t.first_commit, t.current_commit, false, t.moves::integer, t.slip_days,
    t.supplier_moves::integer, t.customer_moves::integer,
    {",".join(settled(name, day) for name, day in BASES)}
FROM metrics_deliveryoutcome t
JOIN orders_order o ON o.tenant_id = p_tenant AND o.id = t.order_id
JOIN seller s ON s.named_id = o.sell_to_id
JOIN catalog_product p ON p.tenant_id = p_tenant AND p.id = t.product_id
LEFT JOIN final e ON e.lost_id = t.end_buyer_id
WHERE t.tenant_id = p_tenant
    AND t.settled_on <= p_as_of
    AND (
        t.request_date BETWEEN p_first AND p_last
        OR t.first_commit BETWEEN p_first AND p_last
        OR t.current_commit BETWEEN p_first AND p_last
    )
    AND t.order_id NOT IN (SELECT w.order_id FROM touched w)
    AND t.schedule_id NOT IN (SELECT w.schedule_id FROM docked w)
    AND (p_sell_tos IS NULL OR o.sell_to_id = ANY(p_sell_tos))
    AND (p_end_buyers IS NULL OR t.end_buyer_id = ANY(p_end_buyers))
    AND (p_products IS NULL OR t.product_id = ANY(p_products))
    AND (p_sites IS NULL OR t.site_id = ANY(p_sites))
OFFSET 0
"""
DELIVERED = f"""
SELECT a.*
FROM metrics_delivery_live({ASKED}, {BY_DAYS}, {BY_LANES}) a
WHERE p_since IS NULL
UNION ALL
SELECT b.*
FROM metrics_delivery_settled({ASKED}, p_since) b
WHERE p_since IS NOT NULL
UNION ALL
SELECT c.*
FROM metrics_delivery_live_open({ASKED}, {BY_DAYS}, {BY_LANES}, p_since) c
WHERE p_since IS NOT NULL
"""
DELIVERED_BY_BASIS = f"""
SELECT
    f.schedule_id, f.order_id, f.line_id, f.sell_to_id, f.end_buyer_id, f.product_id, f.family_id, f.site_id, v.basis,
    coalesce(v.day, f.request_date), v.outcome, f.quantity, f.open_qty, f.request_date, f.first_commit,
    f.current_commit, v.actual, v.days_late, f.is_converted AND v.actual IS NOT NULL, f.moves
FROM metrics_delivered({ASKED}, {BY_DAYS}, {BY_LANES}, p_since) f
CROSS JOIN LATERAL (
    VALUES
    ('request', f.request_date, f.request_outcome, f.request_actual, f.request_off),
    ('first_commit', f.first_commit, f.first_outcome, f.first_actual, f.first_off),
    ('current_commit', f.current_commit, f.current_outcome, f.current_actual, f.current_off)
) AS v (basis, day, outcome, actual, days_late)
WHERE v.outcome IS NOT NULL
"""

# Business days of window that a shipment takes: counted from the last one before the day, or from the day on. A window
# of so many days holds it, one less does not.
NEED = """
CREATE OR REPLACE FUNCTION metrics_delivery_need(p_actual date, p_day date, p_origin date, p_counted integer[])
RETURNS integer LANGUAGE sql IMMUTABLE AS $$
SELECT CASE
    WHEN p_actual < p_day THEN p_counted[p_actual - p_origin] - p_counted[p_day - p_origin - 1] - 1
    WHEN p_actual > p_day THEN p_counted[p_actual - p_origin - 1] - p_counted[p_day - p_origin] + 1
    WHEN p_actual = p_day THEN 0
END
$$
"""
DROP_NEED = "DROP FUNCTION metrics_delivery_need(date, date, date, integer[])"


def function(name: str, parameters: tuple[str, ...], columns: str, body: str) -> migrations.RunSQL:
    given = ", ".join(parameters)
    types = ", ".join(each.split()[1] for each in given.split(", "))
    create = f"CREATE FUNCTION {name}({given}) RETURNS TABLE ({columns}) LANGUAGE sql STABLE AS $${body}$$"
    return migrations.RunSQL(create, f"DROP FUNCTION {name}({types})")


class Migration(migrations.Migration):
    dependencies = [("metrics", "0013_delivery_outcomes")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION metrics_delivery", import_module("metrics.migrations.0012_delivery_in_steps").CREATE
        ),
        migrations.RunSQL(NEED, DROP_NEED),
        function("metrics_delivery_known", (DAYS, WHOSE, LANES, ORDERS), KNOWN, known(is_open=False)),
        function("metrics_delivery_known_open", (DAYS, WHOSE, LANES, SINCE), KNOWN, known(is_open=True)),
        function(
            "metrics_delivery_live",
            (DAYS, WHOSE, CALENDARS, LANES),
            CLASSED,
            classed(f"metrics_delivery_known({ASKED}, {BY_LANES}, NULL::bigint[])"),
        ),
        function(
            "metrics_delivery_live_open",
            (DAYS, WHOSE, CALENDARS, LANES, SINCE),
            CLASSED,
            classed(f"metrics_delivery_known_open({ASKED}, {BY_LANES}, p_since)"),
        ),
        function("metrics_delivery_settled", (DAYS, WHOSE, SINCE), CLASSED, SETTLED),
        function("metrics_delivered", (DAYS, WHOSE, CALENDARS, LANES, SINCE), CLASSED, DELIVERED),
        function("metrics_delivered_by_basis", (DAYS, WHOSE, CALENDARS, LANES, SINCE), BY_BASIS, DELIVERED_BY_BASIS),
    ]
