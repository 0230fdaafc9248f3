"""The statements that fill ``ecrm_customer_indicator``: set-based, idempotent, diff-only writes."""

from datetime import timedelta

from odoo.tools import SQL

BASE_COLUMNS = (
    'order_count',
    'net_revenue',
    'average_basket',
    'first_order_date',
    'last_order_date',
    'purchase_days',
    'first_day_revenue',
    'mean_gap',
    'median_gap',
)

FLIPPED = {'<': '>', '>': '<', '<=': '>=', '>=': '<='}


def recency_to_dates(operator, value, today):
    """The condition on ``last_order_date`` that a condition on the days since means."""
    if operator == 'in':
        return [('last_order_date', 'in', [today - timedelta(days=int(days)) for days in value])]
    return [('last_order_date', FLIPPED[operator], today - timedelta(days=int(value)))]


def cards(contacts=None):
    """``card(partner_id, customer_id)``: which customer every contact belongs to.

    :param contacts: mapping of contact id to customer id (``ecrm.customer.link._contacts_of``);
        everybody if left out
    """
    if contacts is not None:
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[]) AS card(partner_id, customer_id)",
            list(contacts),
            list(contacts.values()),
        )
    return SQL(
        """
        SELECT contact.id AS partner_id,
               COALESCE(link.customer_id, contact.commercial_partner_id) AS customer_id
          FROM res_partner contact
     LEFT JOIN ecrm_customer_link link ON link.partner_id = contact.commercial_partner_id
         WHERE contact.commercial_partner_id IS NOT NULL
        """
    )


def _of(column, contacts):
    """Condition that a column of contacts is one of ``contacts``: ids, so that an index serves."""
    if contacts is None:
        return SQL("TRUE")
    return SQL("%s = ANY(%s)", SQL.identifier(*column.split('.')), list(contacts))


def net_orders(contacts=None):
    """``net_order``: confirmed orders with their net untaxed amount and their local day.

    Needs ``card`` of the same ``contacts`` beside it. Refunds are those of posted credit notes
    linked to the order's lines; a credit note line linked to several order lines is shared
    between them.
    """
    scope = SQL("TRUE")
    if contacts is not None:
        scope = SQL(
            """item.id IN (
                   SELECT link.invoice_line_id
                     FROM sale_order sale
                     JOIN sale_order_line sale_line ON sale_line.order_id = sale.id
                     JOIN sale_order_line_invoice_rel link ON link.order_line_id = sale_line.id
                    WHERE %s
               )""",
            _of('sale.partner_id', contacts),
        )
    return SQL(
        """
        refund AS (
            SELECT sale_line.order_id, SUM(item.balance / item.shares) AS amount
              FROM (
                    SELECT link.order_line_id, item.balance,
                           COUNT(*) OVER (PARTITION BY item.id) AS shares
                      FROM account_move move
                      JOIN account_move_line item ON item.move_id = move.id
                      JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = item.id
                     WHERE move.move_type = 'out_refund' AND move.state = 'posted' AND %(refunds)s
                   ) item
              JOIN sale_order_line sale_line ON sale_line.id = item.order_line_id
          GROUP BY sale_line.order_id
        ), net_order AS (
            SELECT sale.id, sale.company_id, card.customer_id,
                   (sale.date_order AT TIME ZONE 'UTC'
                        AT TIME ZONE COALESCE(company.ecrm_loyalty_tz, 'UTC'))::date AS day,
                   CASE WHEN sale.currency_rate = 1 THEN sale.amount_untaxed
                        ELSE sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                    END - COALESCE(refund.amount, 0) AS amount
              FROM sale_order sale
              JOIN card ON card.partner_id = sale.partner_id
              JOIN res_company company ON company.id = sale.company_id
         LEFT JOIN refund ON refund.order_id = sale.id
             WHERE sale.state = 'sale'
               AND %(sales)s
               AND sale.amount_untaxed
                   > COALESCE(refund.amount * COALESCE(NULLIF(sale.currency_rate, 0), 1), 0)
        )
        """,
        refunds=scope,
        sales=_of('sale.partner_id', contacts),
    )


def _others(contacts=None):
    """``manual`` refunds and ``other``: everybody with a quotation, a refund or a lead."""
    return SQL(
        """
        manual AS (
            SELECT move.company_id, card.customer_id, SUM(item.balance) AS amount
              FROM account_move move
              JOIN account_move_line item ON item.move_id = move.id
              JOIN card ON card.partner_id = move.partner_id
             WHERE move.move_type = 'out_refund'
               AND move.state = 'posted'
               AND item.display_type = 'product'
               AND %(moves)s
               AND NOT EXISTS (
                   SELECT FROM sale_order_line_invoice_rel link WHERE link.invoice_line_id = item.id
               )
          GROUP BY move.company_id, card.customer_id
        ), other AS (
            SELECT sale.company_id, card.customer_id
              FROM sale_order sale
              JOIN card ON card.partner_id = sale.partner_id
             WHERE %(sales)s AND (sale.state = 'sale' AND sale.amount_untaxed > 0) IS NOT TRUE
             UNION
            SELECT sale.company_id, card.customer_id
              FROM refund
              JOIN sale_order sale ON sale.id = refund.order_id
              JOIN card ON card.partner_id = sale.partner_id
             UNION
            SELECT company_id, customer_id FROM manual
             UNION
            SELECT COALESCE(lead.company_id, sole.id), card.customer_id
              FROM crm_lead lead
              JOIN card ON card.partner_id = lead.partner_id
        CROSS JOIN (
                   SELECT CASE WHEN COUNT(*) = 1 THEN MIN(id) END AS id FROM res_company
                   ) sole
             WHERE (lead.company_id IS NOT NULL OR sole.id IS NOT NULL) AND %(leads)s
        )
        """,
        moves=_of('move.partner_id', contacts),
        sales=_of('sale.partner_id', contacts),
        leads=_of('lead.partner_id', contacts),
    )


def _aggregates():
    """``bought``: what the days and the gaps between them come to; a gap of 0 is the same day.

    Both columns of ``purchase`` share one window to the frame: a million rows pass it once.
    """
    return SQL(
        """
        purchase AS (
            SELECT company_id, customer_id, day, amount,
                   day - LAG(day) OVER rhythm AS gap,
                   FIRST_VALUE(day) OVER rhythm AS first_day
              FROM net_order
            WINDOW rhythm AS (PARTITION BY company_id, customer_id ORDER BY day
                                  ROWS UNBOUNDED PRECEDING)
        ), bought AS (
            SELECT company_id, customer_id, COUNT(*) AS orders, SUM(amount) AS amount,
                   MIN(day) AS first_day, MAX(day) AS last_day,
                   1 + COUNT(*) FILTER (WHERE gap > 0) AS days,
                   SUM(amount) FILTER (WHERE day = first_day) AS first_amount,
                   AVG(gap) FILTER (WHERE gap > 0) AS mean_gap,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap > 0)
                       AS median_gap
              FROM purchase
          GROUP BY company_id, customer_id
        )
        """
    )


def _base():
    """``base``: the rows as they must be, without the visitors whom a website knows as nobody."""
    return SQL(
        """
        base AS (
            SELECT company_id, customer_id,
                   COALESCE(bought.orders, 0) AS order_count,
                   ROUND(COALESCE(bought.amount, 0) - COALESCE(manual.amount, 0),
                         currency.decimal_places) AS net_revenue,
                   ROUND((bought.amount - COALESCE(manual.amount, 0)) / bought.orders,
                         currency.decimal_places) AS average_basket,
                   bought.first_day AS first_order_date, bought.last_day AS last_order_date,
                   COALESCE(bought.days, 0) AS purchase_days,
                   ROUND(bought.first_amount, currency.decimal_places) AS first_day_revenue,
                   bought.mean_gap::float8 AS mean_gap, bought.median_gap
              FROM bought
         FULL JOIN other USING (company_id, customer_id)
         LEFT JOIN manual USING (company_id, customer_id)
              JOIN res_company company ON company.id = company_id
              JOIN res_currency currency ON currency.id = company.currency_id
             WHERE customer_id NOT IN (
                   SELECT login.partner_id
                     FROM website
                     JOIN res_users login ON login.id = website.user_id
             )
        )
        """
    )


def base_statement(customers=None, contacts=None):
    """Insert, update where it differs, and delete the base columns.

    The three are parted, not one ``ON CONFLICT``, which locks each row that stays as it is and
    costs a first fill twice the time; the caller holds the lock of all writers. New rows come in
    the order of their keys, so that indexes and foreign keys are followed page by page.

    :param customers: ids of the customers to recompute; all of them if left out
    :param contacts: mapping of the ids of all their contacts to customer ids, see :func:`cards`
    """
    return SQL(
        """
        WITH card AS (%(cards)s), %(orders)s, %(aggregates)s, %(others)s, %(base)s,
        gone AS (
            DELETE FROM ecrm_customer_indicator kept
             WHERE %(scope)s
               AND NOT EXISTS (
                   SELECT FROM base
                    WHERE base.company_id = kept.company_id AND base.customer_id = kept.partner_id
               )
        ), changed AS (
            UPDATE ecrm_customer_indicator kept
               SET (%(columns)s) = ROW(%(wanted)s)
              FROM base
             WHERE kept.company_id = base.company_id AND kept.partner_id = base.customer_id
               AND (%(current)s) IS DISTINCT FROM (%(wanted)s)
        )
        INSERT INTO ecrm_customer_indicator (company_id, partner_id, %(columns)s)
        SELECT company_id, customer_id, %(columns)s
          FROM base
         WHERE NOT EXISTS (
               SELECT FROM ecrm_customer_indicator kept
                WHERE kept.company_id = base.company_id AND kept.partner_id = base.customer_id
         )
      ORDER BY company_id, customer_id
        """,
        cards=cards(contacts),
        orders=net_orders(contacts),
        aggregates=_aggregates(),
        others=_others(contacts),
        base=_base(),
        scope=SQL("TRUE") if customers is None else SQL("kept.partner_id = ANY(%s)", customers),
        columns=_columns(),
        wanted=_columns('base'),
        current=_columns('kept'),
    )


def _columns(*table):
    """The base columns, of a table if one is named."""
    return SQL(", ").join(SQL.identifier(*table, name) for name in BASE_COLUMNS)
