"""The statement that gives every customer his scores and his segment; writes what differs."""

from odoo.tools import SQL


def score_statement(bounds, today, scope):
    """Write the scores and the segment where they differ.

    :param bounds: mapping of ``recency``, ``frequency``, ``monetary`` to four bounds
    :param today: the company's date
    :param scope: condition on ``ecrm_customer_indicator``
    """
    return SQL(
        """
        WITH triple AS (
            SELECT r, f, m, (
                   SELECT segment.id
                     FROM ecrm_customer_segment segment
                    WHERE segment.active AND segment.is_prospect IS NOT TRUE
                      AND r BETWEEN segment.r_min AND segment.r_max
                      AND f BETWEEN segment.f_min AND segment.f_max
                      AND m BETWEEN segment.m_min AND segment.m_max
                 ORDER BY segment.sequence, segment.id
                    LIMIT 1
                   ) AS segment_id
              FROM generate_series(1, 5) r, generate_series(1, 5) f, generate_series(1, 5) m
        ), prospect AS (
            SELECT MIN(id) AS id FROM ecrm_customer_segment WHERE active AND is_prospect
        ), score AS (
            SELECT id, order_count > 0 AS is_customer,
                   5 - width_bucket((%(today)s - last_order_date)::float8, %(recency)s::float8[]) AS r,
                   1 + width_bucket(order_count::float8, %(frequency)s::float8[]) AS f,
                   1 + width_bucket(net_revenue::float8, %(monetary)s::float8[]) AS m
              FROM ecrm_customer_indicator
             WHERE %(scope)s
        ), wanted AS (
            SELECT score.id, triple.r, triple.f, triple.m,
                   CASE WHEN score.is_customer THEN triple.segment_id ELSE prospect.id END AS segment
              FROM score
        CROSS JOIN prospect
         LEFT JOIN triple ON score.is_customer
               AND triple.r = score.r AND triple.f = score.f AND triple.m = score.m
        )
        UPDATE ecrm_customer_indicator kept
           SET r_score = wanted.r, f_score = wanted.f, m_score = wanted.m,
               segment_id = wanted.segment,
               segment_date = CASE WHEN kept.segment_id IS DISTINCT FROM wanted.segment
                                   THEN %(today)s ELSE kept.segment_date END
          FROM wanted
         WHERE kept.id = wanted.id
           AND (kept.r_score, kept.f_score, kept.m_score, kept.segment_id)
               IS DISTINCT FROM (wanted.r, wanted.f, wanted.m, wanted.segment)
        """,
        today=today,
        recency=list(bounds['recency']),
        frequency=list(bounds['frequency']),
        monetary=list(bounds['monetary']),
        scope=scope,
    )
