"""Every door of the addon, counted: a new route, public method or model fails here until it is written down, with who may use it."""

import functools
import re
import threading
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.ecrm.tests.common import EcrmCommon

OURS = 'odoo.addons.ecrm.'

# Methods that anybody who is signed in may call over RPC; all but the window openers refuse who has no right on the model
METHODS = {
    'crm.lead': {'action_view_ecrm_submissions'},
    'ecrm.complaint': {
        'action_anonymise',
        'action_cancel',
        'action_close',
        'action_offer_remake',
        'action_offer_voucher',
        'action_open_find',
        'action_open_merge',
        'action_open_reply',
        'action_open_split',
        'action_preview',
        'action_reopen',
        'action_resolve',
        'action_spam',
        'action_take',
        'action_view_order',
        'action_wait_customer',
    },
    'ecrm.complaint.find': {'action_find', 'action_take'},
    'ecrm.complaint.merge': {'action_merge'},
    'ecrm.complaint.refuse': {'action_refuse'},
    'ecrm.complaint.remedy': {'action_approve', 'action_do', 'action_open_document'},
    'ecrm.complaint.reply': {'action_send'},
    'ecrm.complaint.report': {'action_open_complaint'},
    'ecrm.complaint.split': {'action_split'},
    'ecrm.complaint.team': {'action_view_complaints'},
    'ecrm.complaint.top.cause': {'action_open_cause'},
    'ecrm.customer.indicator': {'action_open_customer'},
    'ecrm.customer.segment': {'action_mail', 'action_open_customers'},
    'ecrm.erase.person': {'action_back', 'action_erase', 'action_export', 'action_search'},
    'ecrm.import': {
        'action_check_reviewed',
        'action_import',
        'action_read',
        'action_report',
        'action_undo',
        'action_view_orders',
        'action_view_rows',
    },
    'ecrm.import.row': {'action_check', 'action_leave_out', 'action_take_as_is'},
    'ecrm.loyalty.preview': {'action_apply'},
    'ecrm.report.cart': {'action_open_order'},
    'ecrm.report.sale': {'action_open_order'},
    'ecrm.report.source': {'action_open_order'},
    'ecrm.size.grid.import': {'action_import'},
    'ecrm.size.profile': {
        'action_export_grid_csv',
        'action_export_grid_xlsx',
        'action_view_products',
    },
    'ecrm.size.profile.assign': {'action_assign'},
    'ecrm.source': {'action_rotate_secret', 'action_view_submissions'},
    'ecrm.submission': {
        'action_create_quotation',
        'action_link_partner',
        'action_mark_spam',
        'action_open_link',
        'action_process_again',
        'action_view_lead',
    },
    'ecrm.submission.link': {'action_link'},
    'ecrm.submission.phone': {'action_note'},
    'ecrm.timeline': {'action_open_record'},
    'ecrm.workshop.job': {'action_next_state'},
    'product.template': {'action_ecrm_assign_profile', 'action_ecrm_complaint_report'},
    'res.partner': {
        'action_ecrm_erase',
        'action_ecrm_link_submission',
        'action_ecrm_open_erasure',
        'action_ecrm_open_mailings',
        'action_ecrm_open_orders',
        'action_ecrm_open_timeline',
        'action_ecrm_view_complaints',
        'action_view_ecrm_submissions',
    },
    'sale.order': {'action_ecrm_add_companion', 'action_ecrm_view_complaints'},
    'sale.order.line': {'action_ecrm_recompute_price'},
}
# Address: who enters, by which verbs; «no token» where no form of ours is there to carry one
ROUTES = {
    '/complaint': 'public http GET',
    '/complaint/send': 'public http POST',
    '/complaint/sent': 'public http GET',
    '/ecrm/api/quote': 'bearer http POST no token',
    '/ecrm/cart/<int:order_id>/<string:token>': 'public http GET POST',
    '/ecrm/feedback/<int:feedback_id>/<string:token>': 'public http GET POST',
    '/ecrm/hook/<string:key>': 'public http POST no token',
    '/ecrm/intake/<string:key>': 'public http OPTIONS POST no token',
    '/ecrm/intake/<string:key>/token': 'public http GET OPTIONS no token',
    '/ecrm/newsletter/<string:token>': 'public http GET POST',
    '/ecrm/size_profile/<model("ecrm.size.profile"):profile>/grid.<string:kind>': 'user http GET',
    '/my/complaints': 'user http GET',
    '/my/complaints/<int:complaint_id>': 'public http GET',
    '/my/complaints/<int:complaint_id>/<any(close,reopen,cancel):action>': 'public http POST',
    '/my/complaints/<int:complaint_id>/file/<int:attachment_id>': 'public http GET',
    '/my/complaints/<int:complaint_id>/rate': 'public http POST',
    '/my/complaints/<int:complaint_id>/reply': 'public http POST',
    '/my/complaints/page/<int:page>': 'user http GET',
    '/my/data': 'user http GET',
    '/my/data/erase': 'user http POST',
    '/my/data/export': 'user http GET',
    '/my/data/withdraw': 'user http POST',
    '/my/orders/<int:order_id>/complaint': 'public http GET POST',
    '/shop/cart/ecrm_size': 'public jsonrpc POST',
    '/shop/wishlist/ecrm_size': 'public jsonrpc POST',
}
# They name a window of the client and read nothing: what the window lists is checked when it is listed
WINDOW_OPENERS = {
    'crm.lead.action_view_ecrm_submissions',
    'ecrm.complaint.action_offer_remake',
    'ecrm.complaint.action_offer_voucher',
    'ecrm.complaint.action_open_reply',
    'ecrm.complaint.action_open_split',
    'ecrm.complaint.team.action_view_complaints',
    'ecrm.size.profile.action_export_grid_csv',
    'ecrm.size.profile.action_export_grid_xlsx',
    'ecrm.size.profile.action_view_products',
    'ecrm.source.action_view_submissions',
    'ecrm.submission.action_open_link',
    'product.template.action_ecrm_assign_profile',
    'product.template.action_ecrm_complaint_report',
    'res.partner.action_ecrm_open_erasure',
    'res.partner.action_ecrm_open_mailings',
    'res.partner.action_ecrm_open_orders',
    'res.partner.action_ecrm_open_timeline',
    'res.partner.action_ecrm_view_complaints',
    'res.partner.action_view_ecrm_submissions',
}


@tagged('post_install', '-at_install')
class TestAccess(EcrmCommon, HttpCase):
    maxDiff = None

    def _doors(self):
        """Give the public methods that our classes add to each model of the registry."""
        doors = {}
        for name, model in self.env.registry.items():
            core = set().union(
                *(vars(base) for base in model.mro() if not base.__module__.startswith(OURS))
            )
            for base in model.mro():
                if not base.__module__.startswith(OURS):
                    continue
                for method, value in vars(base).items():
                    if (
                        callable(value)
                        and not method.startswith('_')
                        and method not in core
                        and not getattr(value, '_api_private', False)
                    ):
                        doors.setdefault(name, set()).add(method)
        return doors

    def test_every_public_method_is_written_down(self):
        self.assertEqual(self._doors(), METHODS)

    def test_no_stranger_gets_anything_from_a_public_method(self):
        self._let_in(self.user_portal)

    def test_no_colleague_without_a_role_gets_anything_from_a_public_method(self):
        self._let_in(self.user_internal)

    def _let_in(self, user):
        submission = self.env['ecrm.submission']._accept(
            self.env.ref('ecrm.source_site'), 'contact', {'name': "Somebody", 'phone': '0550123456'}
        )
        arguments = {
            'ecrm.submission.action_link_partner': [user.partner_id.id],
            'sale.order.action_ecrm_add_companion': [1],
        }
        for name, methods in METHODS.items():
            record = self.env[name].sudo().search([], limit=1) if self.env[name]._auto else None
            record = (record or self.env[name].browse(1)).with_user(user)
            record = record.with_context(self.env.context, ecrm_submission_id=submission.id)
            for method in methods:
                door = f'{name}.{method}'
                with self.subTest(f'{door} by {user.login}'):
                    self.env.invalidate_all()
                    call = functools.partial(getattr(record, method), *arguments.get(door, []))
                    if door in WINDOW_OPENERS:
                        self.assertIn(
                            call()['type'], {'ir.actions.act_window', 'ir.actions.act_url'}
                        )
                    else:
                        with self.assertRaises(AccessError), self.env.cr.savepoint():
                            call()

    def test_no_colleague_reaches_what_another_has_in_a_window(self):
        """Odoo leaves records of windows open to everybody who may open the window."""
        windows = [
            name
            for name, model in self.env.registry.items()
            if name.startswith('ecrm.') and model._transient and model._auto
        ]
        self.assertGreater(len(windows), 10)
        for name in windows:
            with self.subTest(name):
                domain = self.env['ir.rule'].with_user(self.user_manager)._compute_domain(name)
                self.assertEqual(list(domain), [('create_uid', 'in', [self.user_manager.id])])

    def _routes(self):
        """Give the routes that our controllers add: address -> «auth type verbs [no token]»."""
        routes = {}
        with patch.object(threading.current_thread(), 'dbname', self.env.cr.dbname, create=True):
            rules = list(self.env['ir.http'].routing_map().iter_rules())
        for rule in rules:
            method = rule.endpoint.func
            owner = method.__self__.__class__
            defined_in = [c.__module__ for c in owner.mro() if method.__name__ in vars(c)]
            if all(module.startswith(OURS) for module in defined_in):
                routing = rule.endpoint.routing
                words = [
                    routing['auth'],
                    routing['type'],
                    *sorted(routing['methods'] or ['any verb']),
                ]
                if routing['type'] == 'http' and not routing.get('csrf', True):
                    words.append('no token')
                routes[rule.rule] = ' '.join(words)
        return routes

    def test_every_route_is_written_down(self):
        self.assertEqual(self._routes(), ROUTES)

    def test_a_route_without_a_token_changes_nothing_for_a_person(self):
        """Only doors for machines, with keys or signatures of their own, go without the token of forms."""
        without = {address for address, words in ROUTES.items() if 'no token' in words}
        self.assertTrue(all(address.startswith('/ecrm/') for address in without), without)

    def _example(self, address):
        """Give an address whose records do not exist and whose tokens are wrong."""
        address = re.sub(r'<any\((\w+)[^>]*>', r'\1', address)
        address = re.sub(r'<(?:int|model\([^)]*\)):\w+>', '2147480000', address)
        return re.sub(r'<(?:string:)?\w+>', 'x', address)

    @mute_logger('odoo.http')
    def test_no_address_changes_anything_by_being_opened(self):
        for address, words in ROUTES.items():
            if 'POST' in words and 'GET' not in words:
                with self.subTest(address):
                    answer = self.url_open(self._example(address), allow_redirects=False)
                    self.assertIn(answer.status_code, (404, 405))

    @mute_logger('odoo.http')
    def test_a_form_without_its_token_is_refused(self):
        for address, words in ROUTES.items():
            if ' http ' in words and 'POST' in words and 'no token' not in words:
                with self.subTest(address):
                    answer = self.url_open(
                        self._example(address), data={'x': 'y'}, allow_redirects=False
                    )
                    self.assertIn(answer.status_code, (303, 400))
                    if answer.status_code == 303:
                        self.assertIn('/web/login', answer.headers['Location'])

    @mute_logger('odoo.http', 'odoo.addons.http_routing.models.ir_http')
    def test_what_is_missing_and_what_is_forbidden_look_alike(self):
        for address, words in ROUTES.items():
            if '<int' in address and 'public' in words and 'GET' in words:
                with self.subTest(address):
                    answer = self.url_open(self._example(address), allow_redirects=False)
                    self.assertIn(answer.status_code, (303, 404))
