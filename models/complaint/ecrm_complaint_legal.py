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
        store=True,
        help="Last of the working days in which the customer may send the goods back by law.",
    )
    return_over = fields.Boolean(
        string="Return Window Over",
        compute='_compute_return_until',
        store=True,
        help="The complaint arrived after the last day to send the goods back.",
    )

    @api.depends('order_id')
    def _compute_delivered_on(self):
        for complaint in self:
            # Kept when the customer is forgotten: the link to the order goes, the day stays
            if complaint.order_id and complaint._shows_order():
                complaint.delivered_on = complaint.order_id.sudo()._ecrm_delivered_on()
            else:
                complaint.delivered_on = complaint.delivered_on

    @api.depends('delivered_on', 'received_at', 'team_id')
    def _compute_return_until(self):
        # Like the targets of the deadlines: what was promised at the arrival stays, whatever the settings say later
        for complaint in self:
            team_sudo, company = complaint.team_id.sudo(), complaint.company_id
            last = team_sudo._last_return_day(company, complaint.delivered_on)
            moment = complaint.received_at or fields.Datetime.now()
            complaint.return_until = last
            complaint.return_over = bool(last and team_sudo._local_date(company, moment) > last)
