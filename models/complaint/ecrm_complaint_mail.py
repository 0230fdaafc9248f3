import contextlib
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from ...tools import media, transition
from ...tools.mail_headers import HUMAN


class EcrmComplaint(models.Model):
    """What a message does to a complaint, wherever it comes from."""

    _inherit = 'ecrm.complaint'

    parent_id = fields.Many2one(
        comodel_name='ecrm.complaint',
        string="Follows",
        readonly=True,
        index='btree_not_null',
        help="The closed complaint that the customer came back to too late to open it again.",
    )
    child_ids = fields.One2many('ecrm.complaint', 'parent_id', string="Followed by")
    acknowledged_at = fields.Datetime(string="Acknowledged", readonly=True, copy=False)

    def _is_human_mail(self):
        return self.env.context.get('ecrm_mail_kind', HUMAN) == HUMAN

    def _follow_merges(self):
        """Hook: the complaint that stands for this one. Overridden where complaints are merged."""
        return self

    # === POSTING === #

    def _creation_message(self):
        # EXTENDS mail, which looks up what the model is called
        return self.env._("Complaint created")

    @api.model
    def _get_thread_with_access(self, thread_id, *, hash=None, pid=None, token=None, **kwargs):
        # OVERRIDES portal
        # The routes of mail open no door to a complaint by token: there a client chooses context,
        # type, recipients and files himself. Customers write through the pages of this addon.
        return super()._get_thread_with_access(thread_id, **kwargs)

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        # EXTENDS mail: the customer follows, by what an outsider may read
        followers = super()._message_auto_subscribe_followers(updated_values, default_subtype_ids)
        if partner_id := updated_values.get('partner_id'):
            _all, _internal, external = self.env['mail.message.subtype'].default_subtypes(
                self._name
            )
            followers.append((partner_id, external.ids, False))
        return followers

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # EXTENDS mail
        # The workshop reads its remakes, not the letters: addresses and telephones stand in them
        if message_operation in ('read', 'create'):
            return dict.fromkeys(self, 'write')
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def message_post(self, *, body='', message_type='notification', **kwargs):
        # EXTENDS mail
        self.ensure_one()
        if self.env.user.share and self.env.uid != SUPERUSER_ID:
            if not self.env.su:
                # A follower may post by remote call, and there he chooses author and files himself
                raise AccessError(self.env._("Write to us from the page of your complaint."))
            # Whatever an outsider's request names, it is a comment that the customer can read
            allowed = ('author_id', 'attachments', 'attachment_ids', 'email_from', 'parent_id')
            kwargs = {key: value for key, value in kwargs.items() if key in allowed}
            kwargs['subtype_xmlid'] = 'mail.mt_comment'
            clean = {
                key: self.env.context[key] for key in ('lang', 'tz') if key in self.env.context
            }
            record = self.with_context(clean)  # pylint: disable=context-overridden
            return super(EcrmComplaint, record).message_post(
                body=body, message_type='comment', **kwargs
            )
        if self._is_answer_to_stranger(message_type, kwargs):
            kwargs['outgoing_email_to'] = self.email_from
        return super().message_post(body=body, message_type=message_type, **kwargs)

    def _is_answer_to_stranger(self, message_type, values):
        """A customer without a card follows nothing: an answer is mailed to his address."""
        comment_id = self.env['ir.model.data']._xmlid_to_res_id('mail.mt_comment')
        is_comment = (
            values.get('subtype_xmlid') == 'mail.mt_comment'
            or values.get('subtype_id') == comment_id
        )
        author = self.env['res.partner'].browse(
            values.get('author_id') or self.env.user.partner_id.id
        )
        return (
            is_comment
            and message_type in ('comment', 'auto_comment')
            and self.sudo().email_from
            and not self.sudo().partner_id
            and not values.get('outgoing_email_to')
            and not values.get('partner_ids')
            and self._is_staff(author)
        )

    def _is_staff(self, partner):
        """Tell whether a partner is one of ours: he has a user who is not a portal user."""
        users = partner.sudo().with_context(active_test=False).user_ids
        return bool(users.filtered(lambda user: not user.share))

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail
        result = super()._message_post_after_hook(message, msg_values)
        if self._is_staff(message.author_id):
            self._scrub_files(message.sudo().attachment_ids)
        is_public = message.sudo().subtype_id == self.env.ref('mail.mt_comment')
        if (
            is_public
            and message.message_type in ('comment', 'email')
            and self._is_human_mail()
            and not message.sudo().is_internal
        ):
            opening = self.env.context.get('ecrm_opening_mail')
            if self._is_staff(message.author_id) and not opening:
                self.sudo()._on_staff_message()
            else:
                self.sudo()._on_customer_message()
        return result

    @api.model
    def _scrub_files(self, attachments_sudo):
        """Take the place out of pictures that our people put in: often they are the customer's, sent another way."""
        for attachment_sudo in attachments_sudo.filtered('mimetype'):
            if attachment_sudo.mimetype.startswith(('image/', 'video/')):
                data = attachment_sudo.raw
                with contextlib.suppress(media.MediaError):
                    clean = media.keep(attachment_sudo.name, data)
                    if clean != data:
                        attachment_sudo.raw = clean

    def _on_staff_message(self):
        """A person of ours wrote what the customer can read."""
        now = fields.Datetime.now()
        self.staff_wrote_at = now
        if not self.first_response_at:
            self._stamp_response(now)
        if self.kind == transition.NEW:
            self._move_to(transition.OPEN)

    def _on_customer_message(self):
        """The customer wrote: acknowledge the first time, go on where it waited, or reopen."""
        self.customer_wrote_at = fields.Datetime.now()
        if self.kind == transition.WAITING_CUSTOMER or (
            self.kind in transition.DONE and self._can_reopen()
        ):
            self._move_to(transition.OPEN, actor='customer')
        self._acknowledge()

    def _can_reopen(self):
        """Tell whether the last closing is recent enough to open the complaint again."""
        self.ensure_one()
        if self.kind not in transition.DONE:
            return False
        days = self.company_id.ecrm_complaint_reopen_days
        return not self.closed_at or fields.Datetime.now() <= self.closed_at + timedelta(days=days)

    def _prepare_follow_up_values(self, channel):
        """Values of the complaint that follows this closed one.

        :param channel: how the customer came back
        """
        self.ensure_one()
        return {
            'parent_id': self.id,
            'name': self.name,
            'team_id': self.team_id.id,
            'company_id': self.company_id.id,
            'partner_id': self.partner_id.id,
            'order_id': self.order_id.id,
            'cause_id': self.cause_id.id,
            'user_id': self.user_id.id,
            'channel': channel,
            'lang': self.lang,
        }

    # === ACKNOWLEDGEMENT === #

    def _acknowledge(self):
        """Confirm the receipt once, with the reference and without echo of what was typed."""
        self.ensure_one()
        if self.acknowledged_at or self.kind in transition.DEAD or not self._is_human_mail():
            return
        now = fields.Datetime.now()
        self.sudo().acknowledged_at = now
        if not self.email_normalized:
            # Nobody to mail, but the page says it: it looks alike whether an order was recognised
            self._post_template('ecrm.mail_template_complaint_acknowledgement')
            return
        # RFC 3834 asks answering machines for restraint
        company_sudo = self.company_id.sudo()
        limit, hours = company_sudo.ecrm_complaint_ack_limit, company_sudo.ecrm_complaint_ack_hours
        recent = self.sudo().search_count(
            [
                ('email_normalized', '=', self.email_normalized),
                ('acknowledged_at', '>=', now - timedelta(hours=hours)),
                ('id', '!=', self.id),
            ],
            limit=limit,
        )
        if recent < limit:
            self._post_template('ecrm.mail_template_complaint_acknowledgement')

    def _post_template(self, xmlid):
        """Post a fixed text in the customer's language, marked as sent by a machine.

        :param xmlid: external id of a mail.template on ecrm.complaint
        :return: mail.message
        """
        self.ensure_one()
        template_sudo = self.env.ref(xmlid).sudo()
        record = self.with_user(SUPERUSER_ID).with_context(
            lang=self._customer_lang(), ecrm_auto_submitted=True, mail_create_nosubscribe=True
        )
        render = {'res_ids': record.ids, 'set_lang': self._customer_lang()}
        stranger = not record.partner_id and record.email_from
        return record.message_post(
            subject=template_sudo._render_field('subject', **render)[record.id],
            body=template_sudo._render_field('body_html', **render)[record.id],
            message_type='auto_comment',
            subtype_xmlid='mail.mt_comment',
            author_id=(record.company_id.partner_id or record.env.user.partner_id).id,
            email_layout_xmlid='mail.mail_notification_light',
            force_record_name=record.reference,
            **({'outgoing_email_to': stranger} if stranger else {}),
        )

    def _customer_lang(self):
        """Language to write to the customer in: his card's, else the page's he wrote from.

        On the form of the site the page's comes first.
        """
        installed = dict(self.env['res.lang'].get_installed())
        company_lang = self.company_id.sudo().partner_id.lang
        codes = [self.sudo().partner_id.lang, self.lang, company_lang, self.env.user.lang]
        if self.channel == 'form' and self.lang:
            # What was just written tells more, and says nothing about whose order was recognised
            codes.insert(0, self.lang)
        for code in codes:
            if code in installed:
                return code
        return 'en_US'

    def _notify_by_email_get_headers(self, headers=None):
        # EXTENDS mail
        headers = super()._notify_by_email_get_headers(headers=headers)
        if self.env.context.get('ecrm_auto_submitted'):
            headers['Auto-Submitted'] = 'auto-replied'
            headers['X-Auto-Response-Suppress'] = 'All'
        return headers

    def _notify_get_reply_to(self, default=None, author_id=False):
        # EXTENDS mail
        # Answers go to the team's address, so that they land here
        teams = self.sudo().team_id
        aliases = teams._notify_get_reply_to(default=default, author_id=author_id)
        result = {c.id: aliases.get(c.sudo().team_id.id) for c in self}
        orphans = self.filtered(lambda c: not c.sudo().team_id)
        if orphans:
            result.update(
                super(EcrmComplaint, orphans)._notify_get_reply_to(
                    default=default, author_id=author_id
                )
            )
        return result
