"""The statement that compares who an automation treated with who it held out."""

from odoo.tools import SQL

from .customer_indicator_sql import cards, net_orders


def effect(automations, contacts, now):
    """Counts of both sides of some automations, one row each.

    A customer counts once, by his first run, so that no order counts twice; his orders are the net
    ones of the automation's company in its window, and only once that has closed.

    :param automations: list of ids
    :param contacts: mapping of contact id to customer id of all who had a run
    :param now: naive UTC datetime
    :return: ``(automation, held out, size, buyers, orders, revenue, open size)``
    """
    return SQL(
        """
        WITH card AS (%(cards)s), %(orders)s, turn AS (
            SELECT DISTINCT ON (run.automation_id, run.partner_id)
                   run.id, run.automation_id, run.partner_id, automation.company_id, run.date,
                   COALESCE(run.is_held_out, FALSE) AS is_held_out,
                   run.date + automation.window_days * interval '1 day' AS until
              FROM ecrm_segment_automation_run run
              JOIN ecrm_segment_automation automation ON automation.id = run.automation_id
             WHERE run.automation_id = ANY(%(automations)s) AND run.state = 'done'
          ORDER BY run.automation_id, run.partner_id, run.date, run.id
        ), bought AS (
            SELECT turn.id, COUNT(*) AS orders, SUM(net_order.amount) AS revenue
              FROM turn
              JOIN net_order ON net_order.customer_id = turn.partner_id
                            AND net_order.company_id = turn.company_id
              JOIN sale_order sale ON sale.id = net_order.id
             WHERE turn.until <= %(now)s
               AND sale.date_order > turn.date
               AND sale.date_order <= turn.until
          GROUP BY turn.id
        )
        SELECT turn.automation_id, turn.is_held_out,
               COUNT(*) FILTER (WHERE turn.until <= %(now)s),
               COUNT(bought.id),
               COALESCE(SUM(bought.orders), 0)::int,
               COALESCE(SUM(bought.revenue), 0),
               COUNT(*) FILTER (WHERE turn.until > %(now)s)
          FROM turn
     LEFT JOIN bought ON bought.id = turn.id
      GROUP BY turn.automation_id, turn.is_held_out
        """,
        cards=cards(contacts),
        orders=net_orders(contacts),
        automations=automations,
        now=now,
    )
