"""What the door answers while the database is away.

Odoo then looks the address up among the routes that need no database and answers 404: a sender takes that for the
end of the form and forgets the post. No addon is asked at that moment, so the request itself is taught.
"""

from functools import wraps

from odoo.http import Request, Response

DOORS = ('/ecrm/intake/', '/ecrm/hook/')


def tell_doors_to_come_back(serve_nodb):
    """Return Odoo's own way of serving without a database, but for our doors: 503."""

    @wraps(serve_nodb)
    def serve(self):
        if not self.httprequest.path.startswith(DOORS):
            return serve_nodb(self)
        return Response(
            '{"error": "unavailable"}',
            status=503,
            headers={'Retry-After': '30', 'Cache-Control': 'no-store'},
            content_type='application/json; charset=utf-8',
        )

    return serve


Request._serve_nodb = tell_doors_to_come_back(Request._serve_nodb)
