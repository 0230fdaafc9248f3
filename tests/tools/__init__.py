# Pure functions, no database. One import a line, sorted.
from . import test_mail_headers
from . import test_media
from . import test_sla
from . import test_transition
