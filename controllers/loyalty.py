from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..tools.token import same_token


class LoyaltyController(Controller):
    """The page on which a customer says how it went. Answering is a POST: links get opened by robots."""

    @route(
        '/ecrm/feedback/<int:feedback_id>/<string:token>',
        type='http',
        auth='public',
        website=True,
        methods=['GET', 'POST'],
        sitemap=False,
    )
    def feedback(self, feedback_id, token, score=None, comment='', **_ignored):
        """Show the question, or take its answer.

        :param score: 0 to 10 as text, in a POST only
        :param comment: free text, in a POST only
        """
        feedback_sudo = request.env['ecrm.feedback'].sudo().browse(feedback_id).exists()
        if not feedback_sudo or not same_token(feedback_sudo.access_token, token):
            raise request.not_found()
        values = {'feedback': feedback_sudo, 'error': False, 'comment': '', 'products': []}
        if request.httprequest.method == 'POST' and feedback_sudo.state != 'answered':
            try:
                feedback_sudo._answer(_to_score(score), comment)
            except UserError as error:
                values |= {'error': str(error), 'comment': comment}
        if feedback_sudo.state == 'answered' and feedback_sudo.group == 'promoter':
            values['products'] = feedback_sudo._review_products()
        return request.render('ecrm.feedback_page', values)


def _to_score(text):
    """The score as a number; anything else is off the scale."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 2 else -1
