from odoo import fields, models


class EcrmSegmentAutomationRun(models.Model):
    """One customer's turn: what was done, or that he was held out to compare with."""

    _name = 'ecrm.segment.automation.run'
    _description = "Segment Automation Run"
    _order = 'date DESC, id DESC'
    _rec_name = 'partner_id'

    automation_id = fields.Many2one(
        'ecrm.segment.automation', required=True, readonly=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='automation_id.company_id', store=True)
    history_id = fields.Many2one(
        'ecrm.customer.segment.history', required=True, readonly=True, ondelete='cascade'
    )
    partner_id = fields.Many2one(
        'res.partner',
        string="Customer",
        required=True,
        readonly=True,
        ondelete='cascade',
        index=True,
    )
    date = fields.Datetime(required=True, readonly=True)
    is_held_out = fields.Boolean("Held Out", readonly=True)
    state = fields.Selection(
        [('done', "Done"), ('skipped', "No address or left alone"), ('failed', "Failed")],
        required=True,
        readonly=True,
    )
    card_id = fields.Many2one('loyalty.card', string="Coupon", readonly=True)

    _once_uniq = models.Constraint(
        'UNIQUE(history_id, automation_id)', "A movement is answered once."
    )
