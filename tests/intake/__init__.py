from . import test_intake_accept
from . import test_intake_process
from . import test_intake_source
from . import test_intake_http
from . import test_intake_site
from . import test_intake_client
from . import test_intake_quote
from . import test_intake_import
