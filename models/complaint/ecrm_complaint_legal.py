from odoo import api, fields, models


class EcrmComplaint(models.Model):
    """What the law gives the customer: days to send goods back."""

    _inherit = 'ecrm.complaint'

    delivered_on = fields.Date(
        string="Goods Received on",
        compute='_compute_delivered_on',
        store=True,
        readonly=False,
        tracking=True,
        help="Day of the last delivery. Correct it when the carrier handed the parcel over later: "
        "the days to send it back count from here.",
    )
    return_until = fields.Date(
        string="Return Possible until",
        compute='_compute_return_until',
        help="Last of the working days in which the customer may send the goods back by law.",
    )
    return_over = fields.Boolean(
        string="Return Window Over",
        compute='_compute_return_until',
        help="The complaint arrived after the last day to send the goods back.",
    )

    @api.depends('order_id')
    def _compute_delivered_on(self):
        for complaint in self:
            # Kept when the customer is forgotten: the link to the order goes, the day stays
            if complaint.order_id:
                complaint.delivered_on = complaint.order_id.sudo()._ecrm_delivered_on()
            else:
                complaint.delivered_on = complaint.delivered_on

    @api.depends('delivered_on', 'received_at', 'team_id', 'company_id.ecrm_complaint_return_days')
    def _compute_return_until(self):
        for complaint in self:
            team_sudo = complaint.team_id.sudo()
            last = team_sudo._last_return_day(complaint.company_id, complaint.delivered_on)
            arrived = team_sudo._local_date(
                complaint.company_id, complaint.received_at or fields.Datetime.now()
            )
            complaint.return_until = last
            complaint.return_over = bool(last and arrived > last)
