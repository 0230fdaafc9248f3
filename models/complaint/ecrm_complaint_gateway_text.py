import copy
import re

from lxml import etree, html
from markupsafe import Markup, escape

from odoo import api, models
from odoo.tools import email_normalize, html2plaintext
from odoo.tools.mail import append_content_to_html, decode_message_header, parse_contact_from_email

from ...tools import mail_text, media


class EcrmComplaint(models.Model):
    """What a mail becomes: whose it is, what he says, in which language, about which order."""

    _inherit = 'ecrm.complaint'

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS mail
        refused = self._clean_mail_files(msg_dict)
        text = self._mail_words(msg_dict)
        original = self._forwarded_by_us(msg_dict, text)
        if original is not None:
            return self._new_from_forward(msg_dict, custom_values, original, refused)
        values = self._prepare_mail_values(msg_dict, text, custom_values)
        complaint = super().message_new(msg_dict, custom_values=values)
        complaint._note_refused_files(refused)
        # Whoever writes first complains, be he one of ours: his words are no answer
        return complaint.with_context(ecrm_opening_mail=True)

    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS mail
        refused = self._clean_mail_files(msg_dict)
        result = super().message_update(msg_dict, update_vals=update_vals)
        self._note_refused_files(refused)
        return result

    @api.model
    def _prepare_mail_values(self, msg_dict, text, custom_values=None):
        """Values of the complaint that a mail makes.

        :param msg_dict: the parsed mail
        :param text: its words, as plain text
        :param custom_values: defaults of the alias, or values of the complaint that is followed
        """
        if mail_text.is_forward(msg_dict.get('subject')):
            words = text.strip()
        else:
            words = mail_text.own_words(text)
        custom_values = dict(custom_values or {})
        name, _email = parse_contact_from_email(msg_dict.get('email_from') or '')
        subject = msg_dict.get('subject') or self.env._("Complaint by e-mail")
        values = {
            'name': subject[:250],
            'description': words[: self._MAX_TEXT],
            'partner_id': msg_dict.get('author_id'),
            'partner_name': name or _email,
            'channel': 'email',
            'lang': self._installed_lang(mail_text.language(f'{subject}\n{words}')),
            **custom_values,
        }
        if values['partner_id']:
            del values['partner_name']
        if not values.get('order_id'):
            values.update(self._recognise_order(f'{subject}\n{words}', _email, values))
        return values

    @api.model
    def _installed_lang(self, short):
        """Code of an installed language, from the two letters of any of its kind.

        :return: code, or False
        """
        codes = [code for code, _name in self.env['res.lang'].get_installed()]
        return bool(short) and next((code for code in codes if code.split('_')[0] == short), False)

    @api.model
    def _recognise_order(self, text, email, values):
        """Tie an order that a mail names when it is the sender's own; else it stays text.

        :return: dict to add to the values of the complaint
        """
        names = mail_text.order_names_in(text)
        team = self.env['ecrm.complaint.team'].sudo().browse(values.get('team_id'))
        company = team.company_id or self.env.company
        for name in names:
            order = self._match_order(name, email_normalize(email or ''), '', company)
            if order:
                return {'order_id': order.id, 'partner_id': order.partner_id.id}
        known = (
            self.env['sale.order']
            .sudo()
            .search([('name', 'in', names), ('company_id', '=', company.id)], limit=1)
        )
        return {'order_typed': known.name} if known else {}

    # === WORDS === #

    @api.model
    def _mail_words(self, msg_dict):
        """The words of a mail as plain text, without scripts and without what programs mark as quoted."""
        body = msg_dict.get('body') or ''
        if not body.strip():
            return ''
        try:
            root = html.fromstring(body)
        except (etree.ParserError, ValueError):
            root = html.fromstring(f'<div>{escape(html2plaintext(body))}</div>')
        etree.strip_elements(root, 'script', 'style', 'title', etree.Comment, with_tail=False)
        if not mail_text.is_forward(msg_dict.get('subject')):
            self._drop_quotes(root)
        # What remains is read line by line: tags without attributes, and no marks for bold
        etree.strip_tags(root, 'b', 'strong', 'i', 'em', 'u')
        for node in list(root.iter()):
            node.attrib.clear()
            if node.tag in ('div', 'blockquote', 'li', 'hr') and node.getparent() is not None:
                node.addprevious(etree.Element('br'))
        plain = etree.tostring(root, encoding='unicode', method='html')
        words = html2plaintext(plain, include_references=False)
        return re.sub(r'[ \t\xa0]*\n', '\n', words).strip()

    @api.model
    def _drop_quotes(self, root):
        """Take out what the sanitizer marked as quoted, unless nothing else would be left."""
        quoted = root.xpath('//*[@data-o-mail-quote="1"][not(ancestor::*[@data-o-mail-quote="1"])]')
        everything = len(''.join(root.itertext()).strip())
        inside = sum(len(''.join(node.itertext()).strip()) for node in quoted)
        if everything <= inside:
            return
        for node in quoted:
            if node.getparent() is not None:
                node.drop_tree()

    # === FORWARDS === #

    @api.model
    def _forwarded_by_us(self, msg_dict, text):
        """The customer's mail that a person of ours passes on.

        :return: tools.mail_text.Forwarded, one with an empty address when none can be read, or None
            when nobody of ours sent it or when he writes for himself
        """
        staff = self._staff_of_mail(msg_dict)
        if not staff:
            return None
        inner = self.env.context.get('ecrm_attached_mail') or mail_text.forwarded(text)
        own = {staff.email_normalized, email_normalize(msg_dict.get('email_from') or '')}
        if inner and inner.email not in own:
            return inner
        if mail_text.is_forward(msg_dict.get('subject')):
            return mail_text.Forwarded('', '', text.strip())
        return None

    @api.model
    def _new_from_forward(self, msg_dict, custom_values, original, refused):
        """Make the complaint of the customer whose mail was passed on; what ours added is a note."""
        author = self.env['res.partner']
        if original.email:
            author = self.env['mail.thread']._partner_find_from_emails_single(
                [original.email], no_create=True
            )
        inner = {
            **msg_dict,
            'email_from': original.sender if original.email else '',
            'author_id': author.id,
        }
        values = self._prepare_mail_values(inner, original.text, custom_values)
        # The thread's own: this method stands in for ours
        complaint = super().message_new(inner, custom_values=values)  # pylint: disable=super-method-mismatch
        msg_dict['is_internal'] = True
        if original.email:
            complaint.message_post(
                body=Markup('<p>%s</p>')
                % Markup('<br/>').join(escape(line) for line in original.text.splitlines()),
                message_type='email',
                subtype_xmlid='mail.mt_comment',
                author_id=author.id or False,
                email_from=original.sender,
                attachments=msg_dict.pop('attachments', None),
            )
        complaint._note_refused_files(refused)
        return complaint

    @api.model
    def _unfold_attached_mails(self, message, msg_dict):
        """Read mails that are attached to a mail each on its own, below the words of the sender.

        The parser of core runs them together, and an alternative part of the inner one takes the
        place of the outer one's words.

        :param message: email.message.EmailMessage
        :param msg_dict: the parsed mail; ``body`` and ``attachments`` are replaced
        :return: tools.mail_text.Forwarded of the first one, or None
        """
        outer, inner = copy.deepcopy(message), []
        for part in outer.walk():
            if part.get_content_type() == 'message/rfc822' and part.get_payload():
                mail = part.get_payload()[0]
                inner.append(mail)
                name = part.get_filename() or f'{str(mail.get("Subject") or "mail")[:60]}.eml'
                part.clear_content()
                part.set_content(
                    media.scrub_mail(mail).as_bytes(), 'application', 'octet-stream', filename=name
                )
        if not inner:
            return None
        msg_dict.update(self._message_parse_extract_payload(outer, msg_dict))
        first = None
        for mail in inner:
            payload = self._message_parse_extract_payload(mail, {})
            sender = decode_message_header(mail, 'From', separator=',')
            if first is None:
                words = self._mail_words({'body': payload['body'], 'subject': ''})
                first = mail_text.Forwarded(
                    sender, email_normalize(sender, strict=False) or '', words.strip()
                )
            head = escape(f'{sender} — {decode_message_header(mail, "Subject")}')
            quoted = Markup('<blockquote><p><b>%s</b></p>%s</blockquote>') % (
                head,
                Markup(payload['body']),
            )
            msg_dict['body'] = append_content_to_html(msg_dict['body'], quoted, plaintext=False)
            msg_dict['attachments'] = [*msg_dict['attachments'], *payload['attachments']]
        return first
