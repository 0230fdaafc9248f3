"""What a refused post is told: a code for programs, a sentence for people, the bound that it passed."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

REFUSALS = {
    'source': _lt("There is no form at this address."),
    'origin': _lt("This site may not post here."),
    'length': _lt("The length of the post is missing."),
    'size': _lt("The post is larger than %(limit)s kB."),
    'type': _lt("Post one of these types: %(types)s."),
    'rate': _lt("Too many posts: try again in a minute."),
    'token': _lt("The page is out of date: load it again."),
    'token_early': _lt("The form was sent too fast: try again."),
    'encoding': _lt("The post is not written in UTF-8."),
    'json': _lt("The post is no valid JSON."),
    'object': _lt("The post is no JSON object."),
    'number': _lt("The post holds a number that cannot be stored."),
    'depth': _lt("The post is nested deeper than %(limit)s levels."),
    'keys': _lt("The post has more than %(limit)s values."),
    'key_length': _lt("A name in the post is longer than %(limit)s characters."),
    'key_reused': _lt("This key was used for another content."),
    'signature': _lt("The signature is not valid."),
    'signature_missing': _lt("The signature is missing."),
    'signature_stale': _lt("The time of the signature is too far from now."),
}
