from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import media, transition
from ...tools.token import same_token


class EcrmComplaint(models.Model):
    """The customer's side. Customers have no access right here: these methods are their only door."""

    _inherit = 'ecrm.complaint'

    _MAX_FILES = 5
    _MAX_TEXT = 5000

    # === ACCESS === #

    @api.model
    def _for_customer(self, complaint_id, access_token=None):
        """The only door for customers: a complaint by its token, or by who is logged in.

        :param complaint_id: id asked for
        :param access_token: token sent, if any
        :return: sudoed complaint; empty when missing and when forbidden, alike
        """
        complaint_sudo = self.sudo().browse(complaint_id).exists()
        if not complaint_sudo:
            return complaint_sudo
        if same_token(complaint_sudo.access_token, access_token):
            return complaint_sudo
        if complaint_sudo._belongs_to(self.env.user):
            return complaint_sudo
        if self.env.user._is_internal() and complaint_sudo.with_env(self.env).has_access('read'):
            return complaint_sudo
        return self.sudo().browse()

    def _belongs_to(self, user):
        """Tell whether a logged-in user may follow the complaint as its customer."""
        self.ensure_one()
        if user._is_public() or not self.partner_id:
            return False
        return bool(self.filtered_domain(self._customer_domain(user.partner_id)))

    @api.model
    def _customer_domain(self, partner):
        """Complaints that a customer sees: his own, and his colleagues' where that is allowed.

        :param partner: res.partner of the user
        :return: Domain
        """
        colleagues = Domain('commercial_partner_id', '=', partner.commercial_partner_id.id)
        shared = Domain('company_id.ecrm_complaint_share_colleagues', '=', True)
        return Domain('partner_id', '=', partner.id) | (colleagues & shared)

    # === MAKING === #

    @api.model
    def _check_customer_form(self, order_sudo, form):
        """Read the complaint form of an order page.

        :param order_sudo: sale.order, already checked to be the customer's
        :param form: dict of what was typed: ``qty_<line>``, ``cause_id``, ``text``, ``wish``
        :return: ``(values, errors)``; values for create, errors by field name, translated
        """
        errors = {}
        causes = (
            self.env['ecrm.complaint.cause'].sudo()._offered_to_customers(order_sudo.company_id)
        )
        cause_sudo = causes.filtered(lambda c: str(c.id) == form.get('cause_id'))
        if not cause_sudo:
            errors['cause_id'] = self.env._("Choose what is wrong.")
        lines = self._read_form_lines(order_sudo, cause_sudo, form, errors)
        text = (form.get('text') or '').strip()
        if not text:
            errors['text'] = self.env._("Tell us in a few words what happened.")
        elif len(text) > self._MAX_TEXT:
            errors['text'] = self.env._(
                "Your text has %(length)s characters; at most %(most)s can be sent.",
                length=len(text),
                most=self._MAX_TEXT,
            )
        wishes = dict(self._fields['wish']._description_selection(self.env))
        if form.get('wish') and form['wish'] not in wishes:
            errors['wish'] = self.env._("Choose one of the wishes shown.")
        values = {
            'name': cause_sudo.customer_label or cause_sudo.name or '',
            'description': text,
            'cause_id': cause_sudo.id,
            'wish': form.get('wish') or False,
            'order_id': order_sudo.id,
            'partner_id': self._complainant(order_sudo).id,
            'company_id': order_sudo.company_id.id,
            'channel': 'order',
            'lang': self.env.lang,
            'line_ids': [
                fields.Command.create({'sale_line_id': line.id, 'quantity': quantity})
                for line, quantity in lines
            ],
        }
        return values, errors

    def _complainant(self, order_sudo):
        """Who complains about an order: its customer, or the colleague of his who is logged in."""
        user, customer = self.env.user, order_sudo.partner_id
        is_colleague = (
            user.share
            and not user._is_public()
            and user.partner_id.commercial_partner_id == customer.commercial_partner_id
        )
        return user.partner_id if is_colleague else customer

    def _check_reply(self, text, files, errors):
        """Check the words of a customer's answer.

        :param errors: dict that gets ``text`` when they are refused
        """
        if len(text) > self._MAX_TEXT:
            errors['text'] = self.env._(
                "A message can have %(most)s characters at most.", most=self._MAX_TEXT
            )
        elif not text and not files and not errors:
            errors['text'] = self.env._("Write a message or choose a file.")

    def _read_form_lines(self, order_sudo, cause_sudo, form, errors):
        """Pick lines and quantities out of the form; every line is one of the order's own."""
        result = []
        lines_sudo = order_sudo._ecrm_complaint_lines()
        compensated = lines_sudo._ecrm_compensated_quantities()
        for line in lines_sudo:
            if not form.get(f'line_{line.id}'):
                continue
            try:
                quantity = float(form.get(f'qty_{line.id}') or 1)
            except ValueError:
                quantity = 0.0
            most = line._ecrm_claimable_quantity(cause_sudo, compensated.get(line.id, 0.0))
            if not 0 < quantity <= most:  # NaN fails this as well
                errors['lines'] = (
                    self.env._(
                        "“%(product)s”: choose a quantity between 1 and %(most)s.",
                        product=line.product_id.display_name,
                        most=f'{most:g}',
                    )
                    if most
                    else self.env._(
                        "“%(product)s” has not been delivered yet, so only its delivery can be "
                        "complained about.",
                        product=line.product_id.display_name,
                    )
                )
            result.append((line, quantity))
        if not result:
            errors['lines'] = self.env._("Choose at least one product.")
        return result

    @api.model
    def _accept_files(self, uploads, errors):
        """Check the files a customer sends and take the place out of his photos.

        :param uploads: pairs of name and a stream, or bytes
        :param errors: dict that gets ``files`` when one is refused
        :return: list of tools.media.Media
        """
        limit = self._file_limit()
        kept = []
        try:
            if len(uploads) > self._MAX_FILES:
                raise media.MediaError('too_many', limit=self._MAX_FILES)
            for name, stream in uploads:
                # One byte more than allowed tells too much without reading all of it
                data = stream.read(limit + 1) if hasattr(stream, 'read') else stream
                kept.append(media.accept(name, data, limit=limit))
        except media.MediaError as error:
            errors['files'] = self._explain_media_error(error)
        return kept

    @api.model
    def _file_limit(self):
        return max(self.env.company.sudo().ecrm_complaint_file_mb, 1) * media.MEBIBYTE

    @api.model
    def _explain_media_error(self, error):
        """Put the refusal of a file in a sentence that names the bound."""
        values = error.values
        if error.code == 'too_many':
            return self.env._("At most %(limit)s files can be sent at once.", limit=values['limit'])
        if error.code == 'too_large':
            return self.env._(
                "“%(name)s” is too large: a file may have %(limit)s MB at most.",
                name=values['name'],
                limit=values['limit'],
            )
        if error.code == 'not_allowed':
            return self.env._(
                "“%(name)s” cannot be sent. Allowed are: %(allowed)s.",
                name=values['name'],
                allowed=values['allowed'],
            )
        if error.code == 'located':
            return self.env._(
                "“%(name)s” holds the places you went to, which we do not wish to keep. Choose "
                "another film.",
                name=values['name'],
            )
        return self.env._("“%(name)s” cannot be read. Choose another file.", name=values['name'])

    @api.model
    def _create_from_customer(self, values, files):
        """Make a complaint that a customer sent, with his words as its first message.

        :param values: from ``_check_customer_form``
        :param files: list of tools.media.Media
        :return: sudoed complaint
        """
        complaint_sudo = self.sudo().with_context(mail_create_nolog=True).create(values)
        complaint_sudo._post_from_customer(values['description'], files)
        complaint_sudo._portal_ensure_token()
        return complaint_sudo

    def _post_from_customer(self, text, files):
        """Post the customer's words and files as a comment by him.

        :param text: plain text
        :param files: list of tools.media.Media
        :return: mail.message
        """
        self.ensure_one()
        partner = self.partner_id
        if self._belongs_to(self.env.user):
            partner = self.env.user.partner_id
        body = Markup('<br/>').join(escape(line) for line in (text or '').splitlines())
        attachments = [(each.name, each.data) for each in files]
        return self.message_post(
            body=Markup('<p>%s</p>') % body if body else '',
            message_type='comment',
            subtype_xmlid='mail.mt_comment',
            author_id=partner.id,
            email_from=self.email_from if not partner else None,
            attachments=attachments,
        )

    def _reply_from_customer(self, text, files):
        """Take a customer's answer; a complaint closed for long is followed by a new one.

        :return: sudoed complaint the answer stands in
        """
        self.ensure_one()
        target = self._follow_merges()
        if target.stage_id._is_over() and not target._can_reopen():
            values = target._prepare_follow_up_values('portal')
            return self._create_from_customer({**values, 'description': text}, files)
        target._post_from_customer(text, files)
        return target

    # === SHOWING === #

    def _customer_messages(self):
        """Messages that the customer may read, oldest first."""
        self.ensure_one()
        return (
            self.env['mail.message']
            .sudo()
            .search(
                [
                    ('model', '=', self._name),
                    ('res_id', '=', self.id),
                    ('subtype_id', '=', self.env.ref('mail.mt_comment').id),
                    ('message_type', 'in', ('comment', 'email', 'email_outgoing', 'auto_comment')),
                    ('is_internal', '=', False),
                ],
                order='id',
            )
        )

    def _customer_file(self, attachment_id):
        """A file on a message that the customer may read, or nothing."""
        return self._customer_messages().attachment_ids.filtered(lambda a: a.id == attachment_id)

    def _customer_status(self):
        """The stage in the customer's words."""
        return self.stage_id._get_customer_labels(self.env.lang).get(self.stage_id.id, '')

    def _customer_actions(self):
        """What the customer may do now: of ``reply``, ``close``, ``reopen``, ``cancel``, ``rate``."""
        self.ensure_one()
        actions = set()
        if self.kind not in transition.DEAD:
            actions.add('reply')
        if self.kind == transition.RESOLVED:
            actions.add('close')
        if self.kind in transition.DONE and self._can_reopen():
            actions.add('reopen')
        if self.kind in transition.ACTIVE:
            actions.add('cancel')
        if self._can_rate():
            actions.add('rate')
        return actions
