from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    # === DIMENSION === #

    # === LOYALTY === #

    # === COMPLAINT === #

    ecrm_complaint_reopen_days = fields.Integer(
        string="Days to Reopen a Complaint",
        default=7,
        help="A customer who comes back within these days of the last closing opens the complaint "
        "again; later he gets a new one, linked to it.",
    )
    ecrm_complaint_share_colleagues = fields.Boolean(
        string="Colleagues See Each Other's Complaints"
    )
    ecrm_complaint_file_mb = fields.Integer(string="Largest File of a Customer (MB)", default=8)

    # === INTAKE === #
