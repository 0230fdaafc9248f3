from collections import Counter

from odoo import api, fields, models
from odoo.tools import format_list, formatLang

GROUP = 'ecrm.group_user'
LINES = 200
"""Latest order lines that tell what a customer buys."""
NAMED = 5
TIMELINE_ROWS = 30
USUAL = 1.5
"""A silence longer than this many usual gaps is told as unusual."""


class ResPartner(models.Model):
    """The card's one glance: what he buys, what he thinks, what he allows, what happened.

    One card is open at a time and no list shows these, so each card asks for itself.
    """

    _inherit = 'res.partner'

    ecrm_prediction_note = fields.Text(compute='_compute_ecrm_prediction_note', groups=GROUP)
    ecrm_rhythm = fields.Json("Orders by Month", compute='_compute_ecrm_rhythm', groups=GROUP)
    ecrm_products_note = fields.Char(
        "Products Bought", compute='_compute_ecrm_bought', groups=GROUP
    )
    ecrm_sizes_note = fields.Char("Sizes Bought", compute='_compute_ecrm_bought', groups=GROUP)
    ecrm_voice_note = fields.Text("What They Think", compute='_compute_ecrm_notes', groups=GROUP)
    ecrm_contact_note = fields.Text("What They Allow", compute='_compute_ecrm_notes', groups=GROUP)
    ecrm_mailing_count = fields.Integer(
        "Number of Mailings", compute='_compute_ecrm_mailing_count', groups=GROUP
    )
    ecrm_timeline_ids = fields.Many2many(
        'ecrm.timeline', string="Timeline", compute='_compute_ecrm_timeline_ids', groups=GROUP
    )

    # === COMPUTE METHODS === #

    @api.depends_context('company', 'lang')
    def _compute_ecrm_prediction_note(self):
        """What the chances are told over and where they come from, or why none is told."""
        company = self.env.company
        fit = self.env['ecrm.customer.fit']._last(company)
        told = self.env._(
            "Over the next %(days)s days, from the rhythm of all customers of the shop.",
            days=company.ecrm_horizon_days,
        )
        for partner in self:
            note = told if partner.ecrm_has_prediction else partner._ecrm_why_no_chance(fit)
            sentences = [partner._ecrm_rhythm_sentence(), note]
            partner.ecrm_prediction_note = '\n'.join(filter(None, sentences))

    def _ecrm_why_no_chance(self, fit):
        """Why the chance of an order is not told, as a sentence.

        :param fit: the last ``ecrm.customer.fit`` of the company, may be empty
        """
        if not self.ecrm_order_count:
            return self.env._("The chance of an order is told from the first order on.")
        return fit.message or self.env._(
            "The chance of an order is computed every night: this customer's is still to come."
        )

    @api.depends_context('company')
    def _compute_ecrm_rhythm(self):
        """Orders and net revenue of the last 24 months, oldest first."""
        customers = self.env['ecrm.customer.link']._of_cards(self._origin.ids)
        months = self.env['ecrm.customer.indicator']._monthly(
            set(customers.values()), self.env.company
        )
        for partner in self:
            partner.ecrm_rhythm = months.get(customers.get(partner._origin.id), False)

    @api.depends_context('company', 'lang')
    def _compute_ecrm_bought(self):
        for partner in self:
            products, sizes = Counter(), Counter()
            for line_sudo in partner._ecrm_bought_lines():
                products[line_sudo.product_id.product_tmpl_id.name] += line_sudo.product_uom_qty
                if line_sudo.ecrm_size_label:
                    sizes[line_sudo.ecrm_size_label] += line_sudo.product_uom_qty
            partner.ecrm_products_note = self._ecrm_counted(products)
            partner.ecrm_sizes_note = self._ecrm_counted(sizes)

    @api.depends_context('company', 'lang')
    def _compute_ecrm_notes(self):
        for partner in self:
            partner.ecrm_voice_note = '\n'.join(partner._ecrm_voice_sentences())
            partner.ecrm_contact_note = '\n'.join(partner._ecrm_contact_sentences())

    def _compute_ecrm_mailing_count(self):
        # sudo: a salesperson sees that a customer was mailed, not the mailings
        counts = dict(
            self.env['mailing.trace']
            .sudo()
            ._read_group(
                [
                    ('model', '=', 'res.partner'),
                    ('res_id', 'in', self._origin.ids),
                    ('sent_datetime', '!=', False),
                ],
                ['res_id'],
                ['__count'],
            )
        )
        for partner in self:
            partner.ecrm_mailing_count = counts.get(partner._origin.id, 0)

    @api.depends_context('company')
    def _compute_ecrm_timeline_ids(self):
        for partner in self:
            partner.ecrm_timeline_ids = self.env['ecrm.timeline'].search(
                partner._ecrm_timeline_domain(), limit=TIMELINE_ROWS
            )

    # === ACTIONS === #

    def action_ecrm_open_orders(self):
        """The confirmed orders of the customer behind this card, guest cards included."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('sale.action_orders')
        action['domain'] = [
            ('state', '=', 'sale'),
            ('company_id', '=', self.env.company.id),
            ('partner_id.commercial_partner_id', 'in', self._ecrm_all_cards()),
        ]
        action['context'] = {'create': False}
        return action

    def action_ecrm_open_timeline(self):
        """Everything that happened with the customer, all his cards and contacts included.

        A filter of the list named in the context (``search_default_...``) is switched on.
        """
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_timeline')
        action['domain'] = self._ecrm_timeline_domain()
        action['context'] = {
            key: value
            for key, value in self.env.context.items()
            if key.startswith('search_default_')
        }
        return action

    def action_ecrm_open_mailings(self):
        """The mailings the customer got, in the timeline."""
        return self.with_context(search_default_mailings=1).action_ecrm_open_timeline()

    # === BUSINESS METHODS === #

    def _ecrm_all_cards(self):
        """Ids of the commercial partners that are the customers behind these cards."""
        links = self.env['ecrm.customer.link']
        customers = set(links._of_cards(self._origin.ids).values())
        return [card for customer in customers for card in links._cards_of(customer)]

    def _ecrm_timeline_domain(self):
        contacts = (
            self.env['res.partner']
            .with_context(active_test=False)
            ._search([('commercial_partner_id', 'in', self._ecrm_all_cards())])
        )
        return [('partner_id', 'in', list(contacts))]

    def _ecrm_bought_lines(self):
        """The latest goods of confirmed orders in the current company, sudoed."""
        self.ensure_one()
        return (
            self.env['sale.order.line']
            .sudo()
            .search(
                [
                    ('order_id.partner_id.commercial_partner_id', 'in', self._ecrm_all_cards()),
                    ('company_id', '=', self.env.company.id),
                    ('state', '=', 'sale'),
                    ('display_type', '=', False),
                    ('is_delivery', '=', False),
                    ('product_uom_qty', '>', 0),
                    ('product_id', '!=', False),
                ],
                order='id DESC',
                limit=LINES,
            )
        )

    @api.model
    def _ecrm_counted(self, counter):
        """The most frequent of some names with how many of each, as one text."""
        counted = [
            f'{name} × {formatLang(self.env, count, digits=0 if count == int(count) else 2)}'
            for name, count in counter.most_common(NAMED)
        ]
        return format_list(self.env, counted, style='unit') if counted else ''

    def _ecrm_rhythm_sentence(self):
        """How the customer's present silence compares with his rhythm, in one sentence."""
        self.ensure_one()
        days, gap = self.ecrm_recency_days, self.ecrm_median_gap
        if not self.ecrm_order_count:
            return ''
        if not gap:
            return self.env._("One day of purchase so far, %(days)s days ago.", days=days)
        if days <= USUAL * gap:
            return self.env._(
                "Orders about every %(gap)s days; the last order, %(days)s days ago, fits in.",
                gap=round(gap),
                days=days,
            )
        return self.env._(
            "Used to order about every %(gap)s days, and has been silent for %(days)s days.",
            gap=round(gap),
            days=days,
        )

    def _ecrm_voice_sentences(self):
        """What the customer said of the shop: one sentence a source.

        Rooms that know more extend it and append theirs; nobody's words are quoted here.

        :return: list of translated sentences
        """
        self.ensure_one()
        [(count, score)] = (
            self.env['ecrm.feedback']
            .sudo()
            ._read_group(
                [
                    ('partner_id.commercial_partner_id', 'in', self._ecrm_all_cards()),
                    ('company_id', '=', self.env.company.id),
                    ('state', '=', 'answered'),
                ],
                aggregates=['__count', 'score:avg'],
            )
        )
        if not count:
            return []
        return [
            self.env._(
                "After deliveries: %(score)s out of 10 on average (answers: %(count)s).",
                score=formatLang(self.env, score, digits=1),
                count=count,
            )
        ]

    def _ecrm_contact_sentences(self):
        """Whether the customer may be written to: one sentence a reason not to.

        Rooms that keep consents extend it and append theirs.

        :return: list of translated sentences
        """
        self.ensure_one()
        sentences = []
        if self.is_blacklisted:
            sentences.append(self.env._("The e-mail address is on the blacklist."))
        if self.phone_sanitized_blacklisted:
            sentences.append(self.env._("The telephone number is on the blacklist."))
        if self.email_normalized and self.email_normalized in self._ecrm_opted_out():
            sentences.append(self.env._("Unsubscribed from the mailing lists."))
        return sentences
