"""The sources of the timeline: one SELECT each, glued by UNION ALL.

A row's id is the source record's id times 16 plus the source's number, so that it is stable and
the planner pushes a condition on the partner down into every source.
"""

from odoo.tools import SQL

BODY = """LEFT(TRIM(REGEXP_REPLACE(message.body, '(<[^>]*>|&[a-z#0-9]+;|\\s)+', ' ', 'g')), 80)"""
"""The first words of a message, without its markup."""
MESSAGE_KIND = """CASE WHEN kind.category = 'phonecall' THEN 'call'
                WHEN kind.id IS NOT NULL THEN 'activity'
                ELSE 'mail' END"""
MESSAGE_JOINS = """LEFT JOIN mail_activity_type kind ON kind.id = message.mail_activity_type_id
 LEFT JOIN LATERAL (
           SELECT id FROM res_users WHERE res_users.partner_id = message.author_id
         ORDER BY id LIMIT 1
         ) author ON TRUE"""
IS_CONTACT = (
    "(message.message_type IN ('comment', 'email', 'email_outgoing', 'sms') OR kind.id IS NOT NULL)"
)


def _messages(number, model, table, *, is_public=False):
    """Calls and messages on the records of a model that has a customer.

    :param is_public: leave out internal notes, for records not every reader of a card may open
    """
    return f"""
    SELECT message.id * 16 + {number}, message.date, {MESSAGE_KIND},
           COALESCE(NULLIF({BODY}, ''), message.subject), record.name,
           record.partner_id, record.company_id, author.id, '{model}', record.id
      FROM {table} record
      JOIN mail_message message ON message.model = '{model}' AND message.res_id = record.id
 {MESSAGE_JOINS}
     WHERE record.partner_id IS NOT NULL AND {IS_CONTACT}
       {"AND message.is_internal IS NOT TRUE AND kind.id IS NULL" if is_public else ""}
    """


KINDS = [
    ('order', "Order"),
    ('quotation', "Quotation or cart"),
    ('delivery', "Delivery"),
    ('invoice', "Invoice or refund"),
    ('lead', "Lead"),
    ('form', "Form"),
    ('call', "Call"),
    ('activity', "Activity"),
    ('mail', "Message"),
    ('complaint', "Complaint"),
    ('rating', "Rating"),
    ('feedback', "Feedback"),
    ('mailing', "Mailing"),
    ('visit', "Visit"),
]

_SOURCES = (
    # 0: orders and quotations
    """
    SELECT sale.id * 16 AS id, sale.date_order AS date,
           CASE WHEN sale.state = 'sale' THEN 'order' ELSE 'quotation' END AS kind,
           sale.name AS name, sale.client_order_ref AS note, sale.partner_id, sale.company_id,
           sale.user_id, 'sale.order' AS res_model, sale.id AS res_id
      FROM sale_order sale
     WHERE sale.state != 'cancel'
    """,
    # 1: what was delivered
    """
    SELECT picking.id * 16 + 1, picking.date_done, 'delivery', picking.name, picking.origin,
           picking.partner_id, picking.company_id, picking.user_id, 'stock.picking', picking.id
      FROM stock_picking picking
      JOIN stock_picking_type kind ON kind.id = picking.picking_type_id
     WHERE picking.state = 'done' AND kind.code = 'outgoing'
    """,
    # 2: invoices and refunds
    """
    SELECT move.id * 16 + 2, move.invoice_date::timestamp, 'invoice', move.name, move.ref,
           move.partner_id, move.company_id, move.invoice_user_id, 'account.move', move.id
      FROM account_move move
     WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
    """,
    # 3: leads
    """
    SELECT lead.id * 16 + 3, lead.create_date, 'lead', lead.name, NULL, lead.partner_id,
           lead.company_id, lead.user_id, 'crm.lead', lead.id
      FROM crm_lead lead
     WHERE lead.partner_id IS NOT NULL
    """,
    # 4: forms
    """
    SELECT form.id * 16 + 4, form.create_date, 'form', COALESCE(form.subject, form.kind),
           LEFT(form.message, 120), form.partner_id, form.company_id, form.user_id,
           'ecrm.submission', form.id
      FROM ecrm_submission form
     WHERE form.partner_id IS NOT NULL
    """,
    # 5: messages and activities done on the card itself
    f"""
    SELECT message.id * 16 + 5, message.date, {MESSAGE_KIND},
           COALESCE(NULLIF(message.subject, ''), {BODY}), NULL,
           message.res_id, NULL::int, author.id, 'res.partner', message.res_id
      FROM mail_message message
 {MESSAGE_JOINS}
     WHERE message.model = 'res.partner' AND {IS_CONTACT}
    """,
    # 6: complaints
    """
    SELECT complaint.id * 16 + 6, COALESCE(complaint.received_at, complaint.create_date), 'complaint',
           complaint.reference || ' ' || complaint.name, complaint.kind, complaint.partner_id,
           complaint.company_id, complaint.user_id, 'ecrm.complaint', complaint.id
      FROM ecrm_complaint complaint
     WHERE complaint.partner_id IS NOT NULL
    """,
    # 7: ratings given
    """
    SELECT rating.id * 16 + 7, COALESCE(rating.rated_on, rating.write_date), 'rating',
           rating.rating::int || ' ' || COALESCE(rating.res_name, ''),
           LEFT(rating.feedback, 120), rating.partner_id, NULL::int, NULL::int, 'rating.rating',
           rating.id
      FROM rating_rating rating
     WHERE rating.consumed AND rating.partner_id IS NOT NULL
    """,
    # 8: answers after the sale
    """
    SELECT feedback.id * 16 + 8, feedback.answer_date, 'feedback', feedback.score::text,
           LEFT(feedback.comment, 120), feedback.partner_id, feedback.company_id, NULL::int,
           'ecrm.feedback', feedback.id
      FROM ecrm_feedback feedback
     WHERE feedback.state = 'answered'
    """,
    # 9: mailings received
    """
    SELECT trace.id * 16 + 9, trace.sent_datetime, 'mailing', mailing.subject,
           trace.trace_status, trace.res_id, NULL::int, NULL::int, 'mailing.trace', trace.id
      FROM mailing_trace trace
      JOIN mailing_mailing mailing ON mailing.id = trace.mass_mailing_id
     WHERE trace.model = 'res.partner' AND trace.sent_datetime IS NOT NULL
    """,
    # 10: visits of identified visitors, a row a day
    """
    SELECT MIN(track.id) * 16 + 10, MIN(track.visit_datetime), 'visit', COUNT(*)::text, NULL,
           visitor.partner_id, NULL::int, NULL::int, 'website.visitor', visitor.id
      FROM website_visitor visitor
      JOIN website_track track ON track.visitor_id = visitor.id
     WHERE visitor.partner_id IS NOT NULL
  GROUP BY visitor.id, visitor.partner_id, track.visit_datetime::date
    """,
    # 11 to 13: what was said and called about an order, a lead, a complaint
    _messages(11, 'sale.order', 'sale_order'),
    _messages(12, 'crm.lead', 'crm_lead'),
    _messages(13, 'ecrm.complaint', 'ecrm_complaint', is_public=True),
)


def timeline_query():
    """The query behind ``ecrm.timeline``."""
    return SQL(" UNION ALL ").join(map(SQL, _SOURCES))
