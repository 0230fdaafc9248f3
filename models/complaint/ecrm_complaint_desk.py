from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class EcrmComplaint(models.Model):
    """The agent's desk: who the customer is, and one step to answer him."""

    _inherit = 'ecrm.complaint'

    _FILE_ROWS = 5
    _PHOTOS = 12

    segment_name = fields.Char(
        string="Segment", compute='_compute_segment', groups='ecrm.group_complaint_agent'
    )
    segment_color = fields.Integer(compute='_compute_segment', groups='ecrm.group_complaint_agent')
    picture_url = fields.Char(compute='_compute_picture_url')
    customer_file = fields.Html(
        string="Customer's File",
        compute='_compute_customer_file',
        sanitize=False,
        groups='ecrm.group_complaint_agent',
        help="What he is worth, his last orders and his other complaints.",
    )

    photos = fields.Html(
        compute='_compute_photos',
        sanitize=False,
        groups='ecrm.group_complaint_agent',
        help="Pictures of the conversation, the newest first.",
    )

    @api.depends('message_ids.attachment_ids')
    def _compute_photos(self):
        # Whoever reads the complaint reads its files: they need not be asked for one by one
        shown = (
            self.env['ir.attachment']
            .sudo()
            .search(
                [
                    ('res_model', '=', self._name),
                    ('res_id', 'in', self._origin.ids),
                    ('mimetype', 'in', ('image/jpeg', 'image/png', 'image/webp')),
                ],
                order='id desc',
            )
            .grouped('res_id')
        )
        for complaint in self:
            photos = shown.get(complaint._origin.id)
            complaint.photos = bool(photos) and self.env['ir.qweb']._render(
                'ecrm.complaint_photos', {'photos': photos[: self._PHOTOS]}
            )

    @api.depends('partner_id', 'company_id')
    def _compute_segment(self):
        for company, complaints in self.grouped('company_id').items():
            # Who handles a complaint need not be a salesperson to see how good a customer this is
            complaints_sudo = complaints.sudo()
            segments_sudo = complaints_sudo.partner_id._ecrm_segments(company)
            for complaint, complaint_sudo in zip(complaints, complaints_sudo, strict=True):
                segment_sudo = segments_sudo.get(complaint_sudo.partner_id.id)
                complaint.segment_name = segment_sudo and segment_sudo.name
                complaint.segment_color = segment_sudo and segment_sudo.color

    @api.depends('product_id')
    def _compute_picture_url(self):
        # The id is enough: no product is read for its name
        for complaint in self:
            product_id = complaint.product_id.id
            complaint.picture_url = (
                product_id and f'/web/image/product.product/{product_id}/image_128'
            )

    @api.depends('partner_id', 'company_id')
    @api.depends_context('uid', 'lang', 'tz')
    def _compute_customer_file(self):
        for complaint in self:
            if not complaint.partner_id:
                complaint.customer_file = False
                continue
            complaint.customer_file = self.env['ir.qweb']._render(
                'ecrm.complaint_customer_file', complaint._prepare_customer_file()
            )

    def _prepare_customer_file(self):
        """Values of the file shown beside a complaint.

        Figures and orders are read for the agent whatever his rights on sales; other complaints are
        those that he may read.
        """
        self.ensure_one()
        company = self.company_id
        partner_sudo = self.partner_id.sudo().with_company(company)
        customer = partner_sudo.commercial_partner_id
        theirs = Domain('partner_id', 'child_of', customer.id) & Domain(
            'company_id', '=', company.id
        )
        year = fields.Datetime.now() - timedelta(days=365)
        complaints = self.search(
            theirs & Domain('id', '!=', self._origin.id), order='id desc', limit=self._FILE_ROWS
        )
        counts = dict(
            self.sudo()._read_group(
                theirs & Domain('received_at', '>=', year), ['founded'], ['__count']
            )
        )
        return {
            'complaint': self,
            'customer': partner_sudo,
            'currency': company.currency_id,
            'orders': self.env['sale.order']
            .sudo()
            .search(
                theirs & Domain('state', '=', 'sale'),
                order='date_order desc',
                limit=self._FILE_ROWS,
            ),
            'complaints': complaints,
            'complaint_count': sum(counts.values()),
            'founded_count': counts.get('yes', 0),
        }

    def _for_reader(self, user):
        """The complaints in the language of who will read what is written on them.

        :param user: res.users
        """
        return self.with_context(lang=user.lang or self.env.lang)

    # === ACTIONS === #

    def _open_reply(self, template_xmlid=None):
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_reply')
        context = {'default_complaint_id': self.id}
        template = template_xmlid and self.env.ref(template_xmlid, raise_if_not_found=False)
        if template:
            context['default_template_id'] = template.id
        return {**action, 'context': context}

    def action_open_reply(self):
        """Answer by one of the prepared replies."""
        return self._open_reply()

    def action_offer_voucher(self):
        """Offer a voucher and say so, in one step."""
        return self._open_reply('ecrm.mail_template_complaint_reply_voucher')

    def action_offer_remake(self):
        """Make it again and say so, in one step."""
        return self._open_reply('ecrm.mail_template_complaint_reply_remake')

    def action_open_split(self):
        """Choose the messages that are about something else."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_split')
        return {**action, 'context': {'default_complaint_id': self.id}}
