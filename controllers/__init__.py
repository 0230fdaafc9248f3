from . import portal

# Dimension
from . import dimension
from . import dimension_cart
from . import dimension_api

# Loyalty
from . import loyalty

# Complaint
from . import complaint
from . import complaint_form

# Intake
from . import intake
from . import intake_site
from . import intake_privacy
from . import intake_export
from . import intake_down
