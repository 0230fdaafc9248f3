# Pure functions, no database. One import a line, sorted.
from . import test_clv
from . import test_cohort
from . import test_mail_headers
from . import test_media
from . import test_payload
from . import test_phone
from . import test_rfm
from . import test_signature
from . import test_sla
from . import test_spend
from . import test_survey
from . import test_transition
from . import test_wilaya
from . import test_dimension_parse
from . import test_price
from . import test_drawing
from . import test_touch
