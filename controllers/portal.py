from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.token import is_token


class TokenPortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        # EXTENDS portal: core answers a token that is no ASCII with an error of the server, not with a refusal
        if not is_token(access_token):
            access_token = None
        return super()._document_check_access(model_name, document_id, access_token)
