# Dimension
from . import dimension
from . import dimension_cart

# Loyalty
from . import loyalty

# Complaint
from . import complaint

# Intake
from . import intake
from . import intake_site
