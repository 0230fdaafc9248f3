from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

SAME_REQUEST = timedelta(minutes=10)


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    # === BUSINESS METHODS === #

    def _process(self):
        """Turn one row into a lead or a note on an open one: match, deduplicate, assign.

        Override a step rather than the whole; every step runs in the row's own savepoint.
        """
        self.ensure_one()
        if not (self.phone or self.email or self.phone_raw):
            self.write({'state': 'review', 'reason': 'no_contact'})
            return
        self._match_partner()
        lead = self._find_open_lead()
        is_appended = bool(lead)
        if is_appended:
            note = self._for_reader(lead.user_id)._format_note()
            lead.message_post(body=note, subtype_xmlid='mail.mt_note')
        else:
            user, team = self._find_assignee()
            lead = self._create_lead(user, team)
        self.write(
            {
                'lead_id': lead.id,
                'user_id': lead.user_id.id,
                'is_appended': is_appended,
                'state': 'processed',
                'processed_date': fields.Datetime.now(),
            }
        )
        self._attach_files(lead)
        if self._asks_for_call() and not self._has_open_call(lead):
            self._schedule_call(lead)

    # === DEDUPLICATION === #

    def _find_open_lead(self):
        """Return the open lead this person's same request made a few minutes ago, if any."""
        identity = [('phone', '=', self.phone)] if self.phone else [('email', '=', self.email)]
        if not (self.phone or self.email):
            return self.env['crm.lead']
        earlier = self.search(
            [
                *identity,
                ('kind', '=', self.kind),
                ('company_id', '=', self.company_id.id),
                ('state', '=', 'processed'),
                ('id', '!=', self.id),
                ('lead_id.active', '=', True),
                ('lead_id.won_status', '=', 'pending'),
                ('create_date', '>=', self.create_date - SAME_REQUEST),
            ],
            limit=1,
        )
        return earlier.lead_id

    # === LEAD === #

    def _create_lead(self, user, team):
        """Create the lead of this submission; the customer keeps his card as it is."""
        leads = self.env['crm.lead'].with_context(mail_create_nosubscribe=True)
        return leads.create(self._prepare_lead_values(user, team))

    def _prepare_lead_values(self, user, team):
        """Return the values of the lead.

        Override to carry more over; call super and return the dict.
        """
        phone = self.phone or self.phone_raw
        state = self._find_wilaya()
        return {
            'name': self.subject or self._for_reader(user).display_name,
            'type': 'lead' if team.use_leads and not team.use_opportunities else 'opportunity',
            'contact_name': self.contact_name,
            'partner_name': self.company_name,
            'email_from': self.email,
            'phone': phone,
            'description': self._for_reader(user)._format_note(),
            'partner_id': self.partner_id.id,
            'user_id': user.id,
            'team_id': team.id,
            'company_id': self.company_id.id,
            'lang_id': self._find_lang().id,
            'street': self.address,
            'state_id': state.id,
            'country_id': state.country_id.id or self.source_id.country_id.id,
            'ecrm_submission_ids': [fields.Command.link(self.id)],
            **self._prepare_attribution_values(),
        }

    def _for_reader(self, user):
        """The row in the language of who will read what is written about it; scheduled actions have none."""
        return self.with_context(lang=user.lang or self.env.lang)

    def _format_note(self):
        """Return what the person wrote, for reading: everything is text, nothing is markup."""
        labels = (
            (self.env._("Message"), self.message),
            (self.env._("Article"), self.product_text),
            (self.env._("Size"), self.size_text),
            (self.env._("Wants to be called"), self.call_time_text),
            (self.env._("Other phones"), self.other_phones),
            (
                self.env._("Phone as written"),
                self.phone_raw if self.phone != self.phone_raw else '',
            ),
            (self.env._("Sent from"), self.page),
        )
        line = Markup('<p><b>%s</b><br/>%s</p>')
        return Markup('').join(
            line % (label, Markup('<br/>').join(value.splitlines()))
            for label, value in labels
            if value
        )

    def _find_lang(self):
        code = (self.lang or '').replace('-', '_')
        langs = self.env['res.lang'].search([('active', '=', True)])
        return (
            langs.filtered(lambda lang: lang.code == code)
            or langs.filtered(lambda lang: code and lang.code.split('_')[0] == code.split('_')[0])
        )[:1]

    def _settle_lang(self):
        """Keep a language that is spoken here: a browser says 'fr', and mails stop at a code they do not know."""
        code = self._find_lang().code
        if self.lang and self.lang != code:
            self.lang = code

    def _find_wilaya(self):
        if not self.wilaya_code:
            return self.env['res.country.state']
        return self.env['res.country.state'].search(
            [('country_id.code', '=', 'DZ'), ('code', '=', self.wilaya_code)], limit=1
        )

    def _attach_files(self, lead):
        for attachment in self.attachment_ids.with_context(image_no_postprocess=True):
            attachment.copy({'res_model': lead._name, 'res_id': lead.id})

    # === ASSIGNMENT === #

    def _find_assignee(self):
        """Return who gets the lead and in which team: never nobody.

        The customer's or the source's salesperson, else the team member who has waited longest,
        else the fallbacks down to an administrator.
        """
        team = self._find_team()
        for users in self._get_candidates(team):
            if users:
                return users[0], team
        return self._get_alarm_user(self.source_id), team

    def _find_team(self):
        team = (
            self.source_id.team_id
            or self.website_id.crm_default_team_id
            or self.env['crm.team'].search(
                [('company_id', 'in', [False, self.company_id.id])], limit=1
            )
        )
        if team.company_id and team.company_id != self.company_id:
            team = self.env['crm.team']
        return team

    def _get_candidates(self, team):
        """Return who may take the lead: those it belongs to, the team by turns, the fallbacks.

        Override to add a rule; each is an ordered recordset of users, the first are asked first.
        """
        source = self.source_id
        owners = (
            self._get_taker(), self.partner_id.user_id, source.user_id,
            self.website_id.crm_default_user_id,
        )  # fmt: skip
        fallbacks = (source.fallback_user_id, team.user_id)
        union = self.env['res.users'].concat
        return (
            union(*filter(self._may_take, owners)),
            self._sort_members(team),
            union(*filter(self._may_take, fallbacks)),
        )

    def _get_taker(self):
        """Return who types the request in and keeps it, if somebody does: no form says who that is."""
        return self.env['res.users'].browse(self.env.context.get('ecrm_taker') or ())

    def _may_take(self, user):
        return bool(user and user.active and not user.share and self.company_id in user.company_ids)

    def _sort_members(self, team):
        """Return the members, the one whose last lead is the oldest first: turns without a counter."""
        members = team.member_ids.filtered(self._may_take)
        if not members:
            return members
        # By the index (user, team, id) one look for each member, however many leads he has had.
        self.env['crm.lead'].flush_model(['user_id', 'team_id'])
        last = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT member, (SELECT max(id) FROM crm_lead WHERE user_id = member AND team_id = %s)
                      FROM unnest(%s) member
                    """,
                    team.id,
                    members.ids,
                )
            )
        )
        return members.sorted(lambda user: (last[user.id] or 0, user.id))

    # === ATTRIBUTION === #

    def _prepare_attribution_values(self):
        """Return where the person came from, as values of a lead.

        Unknown campaigns stay text: strangers do not create records.
        """
        touches = self.touches or {}
        first, last = touches.get('first') or {}, touches.get('last') or touches.get('first') or {}
        find = self._find_utm
        medium = find('utm.medium', last.get('utm_medium')) or self.source_id.medium_id
        return {
            'campaign_id': find('utm.campaign', last.get('utm_campaign')).id,
            'source_id': (
                find('utm.source', last.get('utm_source')) or self.source_id.utm_source_id
            ).id,
            'medium_id': (
                medium
                or self.env.ref('utm.utm_medium_website', raise_if_not_found=False)
                or self.env['utm.medium']
            ).id,
            'ecrm_source_id': self.source_id.id,
            'ecrm_landing_page': first.get('landing_page') or self.page,
            'ecrm_referrer': first.get('referrer'),
            'ecrm_first_touch': self._format_touch(first),
            'ecrm_last_touch': self._format_touch(last),
        }

    @api.model
    def _find_utm(self, model, name):
        records = self.env[model].sudo()
        if not name:
            return records
        return records.with_context(active_test=False).search(
            [('name', '=ilike', escape_psql(name))], limit=1
        )

    @api.model
    def _format_touch(self, touch):
        return '; '.join(f'{key}={value}' for key, value in touch.items() if value)[:1000]
