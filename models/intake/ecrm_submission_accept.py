import time

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import hmac as env_hmac

from ...tools import payload as payload_tools
from .ecrm_submission import KINDS

REFUSED_KEPT = 100
REFUSED_LENGTH = 16000


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    # === BUSINESS METHODS === #

    @api.model
    def _accept(self, source, kind, payload, **meta):
        """Store what arrived, once, and wake the processor: the only door.

        :param source: ``ecrm.source`` it came by.
        :param str kind: one of the kinds; another one is stored as the source's own kind.
        :param dict payload: what was sent, as plain JSON values.
        :param meta: see :meth:`_store`.
        :return: the sudoed ``ecrm.submission``: the new one, or the one stored before under the
            same key.
        """
        return self._store(source, kind, payload, **meta)[0]

    @api.model
    def _store(self, source, kind, payload, **meta):
        """Store one row. Nothing after it can lose the submission.

        :param meta: ``idempotency_key`` the sender's own; ``company``, ``website`` records;
            ``page``, ``ip``, ``lang`` texts; ``touches`` dict of first and last touch;
            ``captcha``; ``state`` with ``reason`` when it must not become a lead;
            ``is_limited`` when an address may only take its share of the minute.
        :return: the row and ``'new'``, ``'replay'`` (same key, same content: the row of the
            first time) or ``'conflict'`` (same key, other content: a row to review); no row and
            ``'over'`` when the share is used up.
        """
        source_sudo = source.sudo()
        payload = payload_tools.scrub(payload)
        content_hash = payload_tools.digest(payload)
        key = payload_tools.idempotency_key(
            kind, payload, time.time(), meta.get('idempotency_key', '')
        )
        values = self._prepare_submission_values(source_sudo, kind, payload, meta)
        values.update(idempotency_key=key, payload_hash=content_hash)
        if meta.get('is_limited') and source_sudo._counts_addresses(values['ip_hash']):
            submission_sudo = self._insert_numbered(source_sudo, values)
        else:
            submission_sudo = self._insert_once(values)
        if submission_sudo is None:
            return self.sudo().browse(), 'over'
        if submission_sudo:
            if submission_sudo.state == 'new':
                self._trigger_processing()
            return submission_sudo, 'new'
        known = self.sudo().search(
            [('source_id', '=', source_sudo.id), ('idempotency_key', '=', key)], limit=1
        )
        if not known:
            # Stored by somebody else since this transaction began: only the next one sees it.
            raise ConcurrencyError("submission key stored concurrently")
        if known.payload_hash == content_hash:
            if known.state == 'new' and known.next_attempt <= fields.Datetime.now():
                # Its first wake-up went down with a server, or the processor is about to take it.
                self._trigger_processing()
            return known, 'replay'
        values.update(idempotency_key=f'{key}:{content_hash}', state='review', reason='key_reused')
        review = self._insert_once(values) or self.sudo().search(
            [
                ('source_id', '=', source_sudo.id),
                ('idempotency_key', '=', values['idempotency_key']),
            ],
            limit=1,
        )
        return review, 'conflict'

    @api.model
    def _prepare_submission_values(self, source, kind, payload, meta):
        """Return the values of a row.

        Override to keep more of a request; call super and return the dict.
        """
        line = payload_tools.clean_line
        website = meta.get('website') or source.website_id
        company = meta.get('company') or source.company_id or website.company_id or self.env.company
        values = {
            'source_id': source.id,
            'company_id': company.id,
            'website_id': website.id,
            'kind': kind if kind in dict(KINDS) else source.default_kind,
            'payload': payload,
            'page': line(meta.get('page'), 500),
            'ip_hash': self._hash_ip(meta.get('ip')),
            'touches': meta.get('touches') or {},
            'captcha': meta.get('captcha'),
            'state': meta.get('state', 'new'),
            'reason': meta.get('reason'),
            **self._read_payload(source, payload),
        }
        if not values['lang']:
            values['lang'] = line(meta.get('lang'), 10)
        return values

    @api.model
    def _keep_refused(self, source, body, reason, **meta):
        """Keep a capped copy of a post whose signature is wrong, at most a hundred a source.

        A secret that was mistyped must not cost a shop a day of orders.
        """
        source_sudo = source.sudo()
        refused = self.sudo().search_count(
            [('source_id', '=', source_sudo.id), ('state', '=', 'refused')], limit=REFUSED_KEPT
        )
        if refused >= REFUSED_KEPT:
            return self.sudo().browse()
        text = body[:REFUSED_LENGTH].decode('utf-8', 'replace')
        return self._accept(
            source_sudo,
            source_sudo.default_kind,
            {'refused_body': text},
            state='refused',
            reason=reason,
            **meta,
        )

    @api.model
    def _hash_ip(self, ip):
        """Return a keyed hash of an address: enough to count by, nothing to look up."""
        return env_hmac(self.sudo().env, 'ecrm.intake.ip', ip)[:32] if ip else False

    @api.model
    def _trigger_processing(self, at=None):
        self.env.ref('ecrm.ir_cron_process_submissions').sudo()._trigger(at)
