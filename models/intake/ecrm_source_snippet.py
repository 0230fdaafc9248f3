from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ...tools.signature import HEADERS

_lt = LazyTranslate(__name__)

LABELS = {
    'name': _lt("Name"),
    'phone': _lt("Phone"),
    'email': _lt("E-mail"),
    'size': _lt("Size"),
    'message': _lt("Message"),
}
CONTROLS = {
    'name': Markup('<input name="name" required maxlength="120" autocomplete="name">'),
    'phone': Markup('<input name="phone" type="tel" required maxlength="60" autocomplete="tel" dir="ltr">'),
    'email': Markup('<input name="email" type="email" required maxlength="254" autocomplete="email" dir="ltr">'),
    'size': Markup('<input name="size" maxlength="120" placeholder="40x50" dir="ltr">'),
    'message': Markup('<textarea name="message" rows="4"></textarea>'),
}  # fmt: skip
FIELDS = {
    'newsletter': ('email',),
    'callback': ('name', 'phone'),
    'quote': ('name', 'phone', 'size', 'message'),
}
ANSWER = _lt("We use what you write to answer you, and for nothing else.")
CONSENTS = {
    'newsletter': _lt("You confirm by e-mail, and leave with one click."),
    'callback': _lt("We use your number for this call, and for nothing else."),
    'quote': _lt("We use what you write to make you a price, and for nothing else."),
}


class EcrmSource(models.Model):
    _inherit = 'ecrm.source'

    snippet = fields.Text("To paste on the site", compute='_compute_snippet')

    # === COMPUTE METHODS === #

    @api.depends('kind', 'default_kind', 'public_key', 'signature_profile')
    @api.depends_context('lang')
    def _compute_snippet(self):
        for source in self:
            base = source.get_base_url()
            if source.kind == 'browser':
                source.snippet = source._make_form(base)
            elif source.kind == 'signed':
                headers = ', '.join(HEADERS[source.signature_profile or 'standard'])
                source.snippet = f'POST {base}/ecrm/hook/{source.public_key}\n{headers}'
            else:
                source.snippet = False

    # === BUSINESS METHODS === #

    def _make_form(self, base):
        """Return the HTML of a form of this source's kind, in the language of who looks at it.

        Whoever pastes it may change every word: what stands beside ``data-ecrm-consent`` when the form
        is sent is what the register of consents keeps.
        """
        kind = self.default_kind
        lines = [
            Markup('<script defer src="%s/ecrm/static/src/intake/client/ecrm.js"></script>') % base,
            Markup('<form data-ecrm="%s/ecrm/intake/%s" data-ecrm-kind="%s">')
            % (base, self.public_key, kind),
            *(
                Markup('  <label>%s %s</label>') % (self.env._(LABELS[name]), CONTROLS[name])
                for name in FIELDS.get(kind, ('name', 'phone', 'message'))
            ),
            Markup('  <small data-ecrm-consent="1">%s</small>')
            % self.env._(CONSENTS.get(kind, ANSWER)),
            Markup('  <button>%s</button>') % self.env._("Send"),
            Markup('  <output></output>'),
            Markup('</form>'),
        ]
        return str(Markup('\n').join(lines))
