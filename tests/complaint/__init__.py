from . import test_complaint_access
from . import test_complaint_deadline
from . import test_complaint_flow
from . import test_complaint_portal
from . import test_complaint_remedy
from . import test_complaint_tour
