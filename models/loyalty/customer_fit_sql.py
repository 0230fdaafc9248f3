"""What the prediction models read: rhythms and spends out of ``ecrm_customer_indicator``."""

from odoo.tools import SQL

from . import customer_indicator_sql as base


def gate_statement(company_id, today, orders):
    """One row: customers, days since the first order, days since the last, repeat customers."""
    return SQL(
        """
        SELECT COUNT(*), %(today)s - MIN(first_order_date), %(today)s - MAX(last_order_date),
               COUNT(*) FILTER (WHERE order_count >= %(orders)s)
          FROM ecrm_customer_indicator
         WHERE company_id = %(company)s AND order_count > 0
        """,
        company=company_id,
        today=today,
        orders=orders,
    )


def histories_statement(company_id, today, scope=None):
    """Rows (repeats, days from first to last, days from first to today, customers)."""
    return SQL(
        """
        SELECT purchase_days - 1, last_order_date - first_order_date,
               GREATEST(%(today)s, last_order_date) - first_order_date, COUNT(*)
          FROM ecrm_customer_indicator
         WHERE company_id = %(company)s AND order_count > 0 AND %(scope)s
      GROUP BY 1, 2, 3
        """,
        company=company_id,
        today=today,
        scope=scope or SQL("TRUE"),
    )


def spends_statement(company_id):
    """Rows (repeat purchases, mean value of the repeat purchases) of who came back."""
    return SQL(
        """
        SELECT purchase_days - 1,
               ((net_revenue - first_day_revenue) / (purchase_days - 1))::float8
          FROM ecrm_customer_indicator
         WHERE company_id = %s AND purchase_days > 1 AND net_revenue > first_day_revenue
      ORDER BY 1, 2
        """,
        company_id,
    )


def calibration_statement(company, cut, today):
    """Rows (repeats, last, age, customers, purchases after) as known on the day ``cut``."""
    return SQL(
        """
        WITH card AS (%(cards)s), %(orders)s,
        purchase AS (
            SELECT DISTINCT customer_id, day FROM net_order
             WHERE company_id = %(company)s AND day <= %(today)s
        ), rhythm AS (
            SELECT customer_id, MIN(day) AS first, MAX(day) FILTER (WHERE day <= %(cut)s) AS last,
                   COUNT(*) FILTER (WHERE day <= %(cut)s) AS before,
                   COUNT(*) FILTER (WHERE day > %(cut)s) AS later
              FROM purchase
          GROUP BY customer_id
            HAVING MIN(day) <= %(cut)s
        )
        SELECT (before - 1)::int, last - first, %(cut)s - first, COUNT(*), SUM(later)::int
          FROM rhythm
      GROUP BY 1, 2, 3
        """,
        cards=base.cards(),
        orders=base.net_orders(),
        company=company.id,
        cut=cut,
        today=today,
    )


RHYTHM_COLUMNS = (
    ('x', 'int'),
    ('last', 'int'),
    ('age', 'int'),
    ('alive', 'float8'),
    ('chance', 'float8'),
    ('expected', 'float8'),
    ('discounted', 'float8'),
    ('next_days', 'int'),
)


def rhythm_table_statement():
    """A temporary table of what a model expects of each rhythm."""
    columns = SQL(", ").join(
        SQL("%s %s NOT NULL", SQL.identifier(name), SQL(kind)) for name, kind in RHYTHM_COLUMNS
    )
    return SQL(
        """
        DROP TABLE IF EXISTS ecrm_rhythm;
        CREATE TEMPORARY TABLE ecrm_rhythm (%s) ON COMMIT DROP
        """,
        columns,
    )


def rhythm_insert_statement(rows):
    """Fill the temporary table.

    :param rows: list of (repeats, last, age, alive, order, expected, discounted, days to next)
    """
    arrays = SQL(", ").join(
        SQL("%s::%s[]", list(column), SQL(kind))
        for column, (_name, kind) in zip(zip(*rows, strict=True), RHYTHM_COLUMNS, strict=True)
    )
    return SQL("INSERT INTO ecrm_rhythm SELECT * FROM unnest(%s)", arrays)


def predict_statement(company_id, today, *, money, factor, scope):
    """Write the predictions of the customers whose rhythm is in the temporary table.

    :param money: ``tools.spend.SpendModel``
    :param factor: what a unit of revenue is worth to the company (margin, 0 to 1)
    """
    repeated = SQL("GREATEST(kept.net_revenue - kept.first_day_revenue, 0)::float8")
    spend = SQL(
        """
        CASE WHEN rhythm.x > 0 AND %(repeated)s > 0
             THEN %(p)s * (%(v)s + %(repeated)s) / GREATEST(%(p)s * rhythm.x + %(q)s - 1, 1e-6)
             ELSE %(crowd)s
         END
        """,
        repeated=repeated,
        p=money.p,
        q=money.q,
        v=money.v,
        crowd=money.expected(0, 0),
    )
    return SQL(
        """
        UPDATE ecrm_customer_indicator kept
           SET p_alive = rhythm.alive, p_order = rhythm.chance, expected_orders = rhythm.expected,
               expected_spend = (%(spend)s)::numeric(16, 2), predicted_value = %(value)s,
               next_order_date = %(today)s + rhythm.next_days
          FROM ecrm_rhythm rhythm
         WHERE kept.company_id = %(company)s AND kept.order_count > 0 AND %(scope)s
           AND rhythm.x = kept.purchase_days - 1
           AND rhythm.last = kept.last_order_date - kept.first_order_date
           AND rhythm.age = GREATEST(%(today)s, kept.last_order_date) - kept.first_order_date
           AND (kept.p_alive, kept.p_order, kept.predicted_value, kept.next_order_date)
               IS DISTINCT FROM
               (rhythm.alive, rhythm.chance, %(value)s, %(today)s + rhythm.next_days)
        """,
        spend=spend,
        value=SQL("(rhythm.discounted * (%s) * %s)::numeric(16, 2)", spend, factor),
        today=today,
        company=company_id,
        scope=scope,
    )


def history_only_statement(company_id, scope):
    """Without a model: no chances, and the next order a median gap after the last."""
    return SQL(
        """
        UPDATE ecrm_customer_indicator kept
           SET p_alive = NULL, p_order = NULL, expected_orders = NULL, expected_spend = NULL,
               predicted_value = NULL,
               next_order_date = last_order_date + %(gap)s
         WHERE company_id = %(company)s AND %(scope)s
           AND (p_alive IS NOT NULL OR next_order_date IS DISTINCT FROM
                last_order_date + %(gap)s)
        """,
        # Not LEAST, which passes over a gap that is not known: who ordered once has none
        gap=SQL("ROUND(CASE WHEN median_gap > 1095 THEN 1095 ELSE median_gap END)::int"),
        company=company_id,
        scope=scope,
    )


def no_orders_statement(company_id, scope):
    """Take predictions off customers who have no orders left."""
    return SQL(
        """
        UPDATE ecrm_customer_indicator kept
           SET p_alive = NULL, p_order = NULL, expected_orders = NULL, expected_spend = NULL,
               predicted_value = NULL, next_order_date = NULL
         WHERE company_id = %s AND %s AND order_count = 0 AND next_order_date IS NOT NULL
        """,
        company_id,
        scope,
    )
