import re

from psycopg2.extras import Json

from odoo import api, models
from odoo.tools import SQL

#: How Odoo's confirmation mail prints the product of a line
NAME = re.escape('''t-out="line.product_id.name or ''"''')
NAME_CELL = re.compile(rf'<td([^>]*?) ({NAME})>(.*?)</td>', re.DOTALL)
#: The same cell with the size of the line under the name
SIZE_TEXT = (
    '''<div t-if="hasattr(line, 'ecrm_size_label') and line.ecrm_size_label" style="color: #6c757d;">'''
    '''<bdi t-out="line.ecrm_size_label"></bdi></div>'''
)
SIZED_CELL = re.compile(
    rf'<td([^>]*?)><span ({NAME})>(.*?)</span><div t-if="[^"]*ecrm_size_label[^"]*".*?</div></td>',
    re.DOTALL,
)


class MailTemplate(models.Model):
    _inherit = 'mail.template'

    @api.model
    def _add_ecrm_size_to_confirmation(self):
        """Print the size under each product of the confirmation mail, in every language it is translated to.

        A shop that wrote its own mail keeps it.
        """
        self._rewrite_ecrm_confirmation(self._insert_ecrm_size)

    @api.model
    def _remove_ecrm_size_from_confirmation(self):
        """Give the confirmation mail back as it was; called when the addon is uninstalled."""
        self._rewrite_ecrm_confirmation(lambda body: SIZED_CELL.sub(r'<td\1 \2>\3</td>', body))

    @api.model
    def _rewrite_ecrm_confirmation(self, rewrite):
        template = self.env.ref('sale.mail_template_sale_confirmation', raise_if_not_found=False)
        if not template:
            return
        # Language by language as stored: a write in one language would carry its words into English
        # where English is not active
        template.flush_recordset(['body_html'])
        [(bodies,)] = self.env.execute_query(
            SQL("SELECT body_html FROM mail_template WHERE id = %s", template.id)
        )
        new_bodies = {code: rewrite(body) for code, body in (bodies or {}).items()}
        if bodies and new_bodies != bodies:
            self.env.cr.execute(
                SQL(
                    "UPDATE mail_template SET body_html = %s WHERE id = %s",
                    Json(new_bodies),
                    template.id,
                )
            )
            template.invalidate_recordset(['body_html'])

    @api.model
    def _insert_ecrm_size(self, body):
        """Put the size after the product's name.

        :rtype: str
        """
        if 'ecrm_size_label' in body:
            return body
        return NAME_CELL.sub(
            lambda m: f'<td{m[1]}><span {m[2]}>{m[3]}</span>{SIZE_TEXT}</td>', body
        )
