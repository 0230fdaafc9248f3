from odoo import api, models

#: How Odoo's confirmation mail prints a line, and what follows it
LINE_CELL = '''t-out="line.product_id.name or ''"'''
SIZE_TEXT = (
    '''<div t-if="hasattr(line, 'ecrm_size_label') and line.ecrm_size_label" style="color: #6c757d;">'''
    '''<bdi t-out="line.ecrm_size_label"/></div>'''
)


class MailTemplate(models.Model):
    _inherit = 'mail.template'

    @api.model
    def _add_ecrm_size_to_confirmation(self):
        """Print the size under each product of the confirmation mail, in every language it is translated to.

        A shop that wrote its own mail keeps it. The text survives an uninstallation: it asks whether lines have sizes.
        """
        template = self.env.ref('sale.mail_template_sale_confirmation', raise_if_not_found=False)
        if not template:
            return
        for code, _name in self.env['res.lang'].get_installed():
            translated = template.with_context(lang=code)
            body = str(translated.body_html or '')
            new_body = self._insert_ecrm_size(body)
            if new_body != body:
                translated.body_html = new_body

    @api.model
    def _insert_ecrm_size(self, body):
        """Put the size after the product's name.

        :rtype: str
        """
        start = body.find(LINE_CELL)
        if start < 0 or 'ecrm_size_label' in body:
            return body
        end = body.find('</td>', start)
        name_end = body.find('>', start)
        if end < 0 or not start < name_end < end:
            return body
        opening = body.rfind('<td', 0, start)
        cell = body[opening:start].rstrip()
        name = f'<span {LINE_CELL}>{body[name_end + 1 : end].strip()}</span>'
        return f'{body[:opening]}{cell}>{name}{SIZE_TEXT}{body[end:]}'
