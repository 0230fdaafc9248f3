from odoo import fields, models

from odoo.addons.ecrm.tools import rfm


class EcrmLoyaltyPreviewRow(models.TransientModel):
    """A row of the segment table as it might become."""

    _name = 'ecrm.loyalty.preview.row'
    _description = "Previewed Segment"
    _order = 'sequence, id'

    preview_id = fields.Many2one('ecrm.loyalty.preview', required=True, ondelete='cascade')
    segment_id = fields.Many2one('ecrm.customer.segment', required=True, ondelete='cascade')
    sequence = fields.Integer()
    r_min = fields.Integer("Recency from", default=1, required=True)
    r_max = fields.Integer("Recency to", default=5, required=True)
    f_min = fields.Integer("Frequency from", default=1, required=True)
    f_max = fields.Integer("Frequency to", default=5, required=True)
    m_min = fields.Integer("Monetary from", default=1, required=True)
    m_max = fields.Integer("Monetary to", default=5, required=True)

    def _as_row(self):
        """The row as ``tools.rfm`` knows it, named by the segment's id."""
        self.ensure_one()
        return rfm.SegmentRow(
            self.segment_id.id,
            (self.r_min, self.r_max),
            (self.f_min, self.f_max),
            (self.m_min, self.m_max),
        )
